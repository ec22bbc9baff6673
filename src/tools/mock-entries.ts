import { compileMatcher, PARTIAL } from '../match/compile.ts';
import { explainDifference } from '../match/explain.ts';
import type { Matcher } from '../match/matcher.ts';
import { BARE_SCOPE } from '../match/scope.ts';
import { YES } from '../match/tri.ts';
import type { MockEntry, MockError } from '../model/tool.ts';
import { jsonCopy } from './json-copy.ts';
import { cannotAnswer } from './mock-fault.ts';
import type { ToolAnswer } from './tool-host.ts';
import type { AcceptedCall, Sleep, ToolMock } from './tool-mock.ts';

interface Entry {
  /** What the arguments must match; null where any will do. */
  readonly when: Matcher | null;
  readonly uses: number;
  readonly delay: number;
  answer(): ToolAnswer;
}

/** Entries whose reasons a fault tells. */
const MOST_TOLD = 5;

/** Scripted answers: the first entry that matches and is not spent answers. The engines that the matchers need must be loaded. */
export function mockOfEntries(written: readonly MockEntry[], sleep: Sleep): ToolMock {
  const entries = written.map(compileEntry);
  return {
    begin: () => {
      const used = new Map<number, number>();
      let open = 0; // every entry before it is spent
      const isSpent = (index: number) =>
        (used.get(index) ?? 0) >= (entries[index]?.uses ?? Number.POSITIVE_INFINITY);
      return (call) => {
        while (open < entries.length && isSpent(open)) open++;
        for (let index = open; index < entries.length; index++) {
          const entry = entries[index] as Entry; // index < length
          if (isSpent(index) || !grants(entry, call.args)) continue;
          if (entry.uses !== Number.POSITIVE_INFINITY) used.set(index, (used.get(index) ?? 0) + 1);
          return entry.delay > 0 ? answerLater(entry, call, sleep) : entry.answer();
        }
        throw cannotAnswer(call.tool, call.args, whyNot(entries, isSpent, call.args));
      };
    },
  };
}

function compileEntry({ when, uses, result, error, delay_ms: delay = 0 }: MockEntry): Entry {
  return {
    when: when === undefined ? null : compileMatcher(when, PARTIAL, refuse),
    uses: uses ?? Number.POSITIVE_INFINITY,
    delay,
    answer: error ? () => ({ error: errorOf(error) }) : () => ({ result: jsonCopy(result) }),
  };
}

/** Suites were validated; one that was made in code may hold anything. */
function refuse(path: readonly (string | number)[], message: string): void {
  throw new TypeError(`${['when', ...path].join('.')}: ${message}`);
}

function errorOf({ code, message = code ?? 'Failed' }: MockError): {
  message: string;
  code?: string;
} {
  return code === undefined ? { message } : { code, message };
}

/** What grants reads unknown as no. */
function grants({ when }: Entry, args: unknown): boolean {
  if (when === null) return true;
  if (when.binds.length === 0) return when.test(args, BARE_SCOPE) === YES;
  return when.solve(args, BARE_SCOPE).some(({ answer }) => answer === YES);
}

async function answerLater(entry: Entry, { signal }: AcceptedCall, sleep: Sleep) {
  try {
    await sleep(entry.delay, signal);
  } finally {
    signal.throwIfAborted(); // whatever a sleep that was cut short throws
  }
  return entry.answer();
}

function whyNot(
  entries: readonly Entry[],
  isSpent: (index: number) => boolean,
  args: unknown,
): string {
  const told = entries.slice(0, MOST_TOLD).map((entry, index) => {
    if (isSpent(index)) return `entry ${index + 1} is spent`;
    const [first] = entry.when?.differences(args, BARE_SCOPE, '') ?? [];
    return `entry ${index + 1}: ${first ? explainDifference(first) : 'its captures do not fit'}`;
  });
  const left = entries.length - told.length;
  if (left > 0) told.push(`and ${left} more`);
  return `no entry of its mock answers (${told.join('; ')})`;
}
