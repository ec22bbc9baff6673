import * as z from 'zod';
import { callKey } from '../match/call-key.ts';
import type { Call } from '../match/calls.ts';
import { tokensOf, type Usage } from '../match/usage.ts';
import type { View } from '../match/view.ts';
import type { Outcome } from '../model/verdict.ts';
import { unfaulted } from '../suite/unfaulted.ts';
import { failed, type JudgeKind, type Prepared, passed, undecided } from './judge.ts';

const ceiling = (words: string) => z.number().nonnegative().optional().describe(words);

/** Ceilings of a trial; a ceiling of n allows n. */
const Limits = z
  .strictObject({
    turns: ceiling('Model steps, or unbroken runs of assistant messages and calls'),
    tool_calls: ceiling('Attempts to use a tool'),
    tokens: ceiling('Input and output tokens together'),
    cost_usd: ceiling('Cost in US dollars'),
    seconds: ceiling('Time of the last step since the start'),
    repeats: ceiling('Calls with equal tool and arguments'),
  })
  .refine((limits) => Object.keys(limits).length > 0, unfaulted('Give at least one ceiling'));
type Limits = z.infer<typeof Limits>;

/** A figure of a trajectory: a lower bound where `partial`, null where it is not told at all. */
interface Figure {
  value: number | null;
  partial?: boolean;
  steps?: readonly number[];
}

type Key = keyof Limits;

const figures = {
  turns: (_view, usage) => ({ value: usage.turns }),
  tool_calls: (view) => ({ value: view.calls.length }),
  tokens: (_view, usage) => ({ value: tokensOf(usage), partial: usage.tokensPartial }),
  cost_usd: (_view, usage) => ({ value: usage.costUsd, partial: usage.costPartial }),
  seconds: (_view, usage) => ({
    value: usage.durationMs === null ? null : usage.durationMs / 1000,
  }),
  repeats: (view) => repeatsOf(view.calls),
} as const satisfies Record<Key, (view: View, usage: Usage) => Figure>;

const needCalls: readonly Key[] = ['turns', 'tool_calls', 'repeats'];

/** What was recorded stays under each ceiling. */
export const limits: JudgeKind = {
  key: 'limits',
  kind: 'rule',
  words: 'Ceilings on turns, calls, tokens, cost, time and repeats',
  schema: Limits,
  prepare: (value): Prepared[] => {
    const ceilings = Object.entries(value as Limits) as [Key, number][]; // validated
    return [
      {
        suffix: [],
        needsCalls: ceilings.some(([key]) => needCalls.includes(key)),
        judge: (view) => judgeLimits(ceilings, view),
      },
    ];
  },
};

function judgeLimits(ceilings: readonly [Key, number][], view: View): Outcome {
  const usage = view.usage();
  const [over, untold, told]: [string[], string[], Record<string, number | null>] = [[], [], {}];
  const evidence: number[] = [];
  for (const [key, most] of ceilings) {
    const { value, partial = false, steps = [] }: Figure = figures[key](view, usage);
    told[key] = value;
    if (value !== null && value > most) {
      over.push(`${key} ${rounded(value)} is above the ceiling of ${most}`);
      evidence.push(...steps);
    } else if (value === null || partial) untold.push(key);
  }
  if (over.length > 0) return failed(over.join('; '), evidence, told);
  if (untold.length > 0) {
    return undecided(
      `The recording does not tell ${untold.join(' and ')} in full, a ceiling needs it`,
      [],
      told,
    );
  }
  const within = ceilings.map(([key, most]) => withinWords(key, told[key] ?? 0, most));
  return passed(`Within the ceilings: ${within.join(', ')}`, [], told);
}

/** Time is left out: two runs of the same say the same. */
function withinWords(key: Key, value: number, most: number): string {
  return key === 'seconds' ? `at most ${most} seconds` : `${key} ${rounded(value)} of ${most}`;
}

function rounded(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

/** The most calls that are equal in tool and arguments. */
function repeatsOf(calls: readonly Call[]): Figure {
  const byKey = new Map<string, number[]>();
  const perTool = new Map<string, number>();
  for (const { tool } of calls) perTool.set(tool, (perTool.get(tool) ?? 0) + 1);
  const [first] = calls;
  let most: readonly number[] = first ? [first.step] : [];
  for (const call of calls) {
    if (perTool.get(call.tool) === 1) continue;
    const key = callKey(call);
    const steps = byKey.get(key);
    if (steps) steps.push(call.step);
    else byKey.set(key, [call.step]);
    const grown = byKey.get(key) ?? [];
    if (grown.length > most.length) most = grown;
  }
  return { value: most.length, steps: most };
}
