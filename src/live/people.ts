import { AgentopsError } from '../errors.ts';
import { onAbort } from '../io/on-abort.ts';
import type { Call } from '../match/calls.ts';
import type { Scope } from '../match/scope.ts';
import type { ApprovalRule } from '../model/policy.ts';
import type { ApprovalRules } from '../safety/policy/approval-rules.ts';
import type { ApprovalAnswer, Decided } from './approval-request.ts';
import type { LiveTrial } from './session.ts';

/** What a person at the terminal is asked. */
export interface PersonQuestion {
  readonly trial: LiveTrial;
  readonly tool: string;
  readonly args: unknown;
  /** Takes the question back. */
  readonly signal: AbortSignal;
}

/** Asks a person; rejects with the reason of the signal once that aborts, or with an `AgentopsError` where nobody can answer. */
export type AskPerson = (question: PersonQuestion) => Promise<ApprovalAnswer>;

/** Waits for milliseconds; rejects when the signal aborts. */
type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

/** What people decide with. */
export interface PeopleOptions {
  readonly rules: ApprovalRules;
  readonly sleep: Sleep;
  /** null where nobody is at a terminal. */
  readonly askPerson: AskPerson | null;
  readonly trial: LiveTrial;
  readonly signal: AbortSignal;
}

/** What was decided, and by which entry of the script. */
export interface Heard {
  readonly decided: Decided;
  /** null where no entry is about such a call. */
  readonly rule: ApprovalRule | null;
}

/** Puts a call to the people of a suite, and waits as long as they take. */
export async function hearPeople(options: PeopleOptions, call: Call, scope: Scope): Promise<Heard> {
  const rule = options.rules.decide(call, scope);
  if (!rule) return { decided: nobody(call.tool), rule };
  const { decision, reason, delay_ms: delay = 0 } = rule;
  if (decision === 'ask') return { decided: await answerInTime(options, call, delay), rule };
  if (delay > 0) await sleepFor(options, delay, options.signal);
  const why = reason === undefined ? {} : { reason };
  const args = decision === 'modify' ? { args: rule.with } : {};
  return { decided: { decision, by: 'human', ...why, ...args }, rule };
}

/** The answer where no person decides about such calls. */
export function nobody(tool: string): Decided {
  return { decision: 'deny', by: 'nobody', reason: `Nobody is there to approve ${tool}` };
}

/** What a person says; a request with a time expires after it, and one of a trial that is stopped is taken back. */
async function answerInTime(options: PeopleOptions, call: Call, ms: number): Promise<Decided> {
  const { askPerson, trial, signal } = options;
  const { tool, asked: args } = call;
  if (!askPerson) throw nobodyThere(tool);
  signal.throwIfAborted();
  const over = new AbortController();
  let forget: () => void = () => undefined;
  const halted = new Promise<never>((_, reject) => {
    forget = onAbort(signal, () => reject(signal.reason));
  });
  const said = askPerson({ trial, tool, args, signal: over.signal });
  const answers: Promise<Decided>[] = [said.then((answer) => ({ ...answer, by: 'human' }))];
  if (ms > 0) answers.push(sleepFor(options, ms, over.signal).then(() => EXPIRED));
  for (const answer of answers) answer.catch(() => undefined); // whoever lost the race may still fail
  try {
    return await Promise.race([halted, ...answers]);
  } finally {
    forget();
    over.abort();
  }
}

const EXPIRED: Decided = { decision: 'expire', by: 'human' };

async function sleepFor({ sleep }: PeopleOptions, ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  try {
    await sleep(ms, signal);
  } finally {
    signal.throwIfAborted(); // whatever a sleep that was cut short throws
  }
}

function nobodyThere(tool: string): AgentopsError {
  const wanted =
    'expected a run at a terminal, without CI or --quiet, or another decision than "ask"';
  return new AgentopsError('input_fault', `Cannot ask a person about ${tool}: ${wanted}`);
}
