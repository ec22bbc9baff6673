import type { Path, Report } from '../match/operator.ts';
import type { Reading } from '../match/tri.ts';
import type { View } from '../match/view.ts';
import type { LoadFunction } from '../model/load-function.ts';
import type { Policy } from '../model/policy.ts';
import type { Outcome, Verdict } from '../model/verdict.ts';
import type { JudgeDesk } from '../panel/desk.ts';
import type { ExpectationKind } from '../suite/kinds.ts';

/** Where an expectation stands and how it is read. */
export interface Setting {
  /** `no`: what is unknown does not hold; under a `not` it is the other way round. */
  readonly reading: Reading;
  /** Loads functions of the user; null where none may be run. */
  readonly load: LoadFunction | null;
  /** What agents may do; null where the suite does not say. */
  readonly policy: Policy | null;
  /** Canaries and secrets by name. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Where LLM judges are asked; null where none can be. */
  readonly desk: JudgeDesk | null;
  /** Every judge, for expectations that hold expectations. */
  readonly judges: readonly JudgeKind[];
}

/** One question about a trajectory, ready to be asked many times. */
export interface Prepared {
  /** Keys below the expectation's own, such as `in_order`. */
  readonly suffix: Path;
  /** Its answer depends on calls: it is an error where nobody watched them. */
  readonly needsCalls: boolean;
  judge(view: View): Outcome | Promise<Outcome>;
}

/** A judge: what may be written under its key, and how a trajectory is judged by it. */
export interface JudgeKind extends ExpectationKind {
  readonly kind: Verdict['kind'];
  /** Compiles a validated value into questions. */
  prepare(value: unknown, setting: Setting): Prepared[];
}

/** The reporter of compile faults once a suite was validated: there are none left. */
export const NO_FAULTS: Report = (path, message) => {
  throw new TypeError(`${path.join('.')}: ${message}`);
};

/** An outcome that holds. */
export function passed(
  reason: string,
  evidence: readonly number[] = [],
  details?: unknown,
): Outcome {
  return outcome('pass', 1, reason, evidence, details);
}

/** An outcome that does not hold. */
export function failed(
  reason: string,
  evidence: readonly number[] = [],
  details?: unknown,
): Outcome {
  return outcome('fail', 0, reason, evidence, details);
}

/** An outcome that could not be decided. */
export function undecided(
  reason: string,
  evidence: readonly number[] = [],
  details?: unknown,
): Outcome {
  return outcome('error', null, reason, evidence, details);
}

function outcome(
  status: Outcome['status'],
  score: number | null,
  reason: string,
  evidence: readonly number[],
  details: unknown,
): Outcome {
  const steps = evidence.length === 0 ? [] : evidence.slice();
  return details === undefined
    ? { status, score, reason, evidence: steps }
    : { status, score, reason, evidence: steps, details };
}

/** One outcome of several that must all hold: a failure decides, else what could not be decided. */
export function allOf(outcomes: readonly Outcome[]): Outcome {
  const [only] = outcomes;
  if (only && outcomes.length === 1) return only;
  const status =
    DECIDING.find((each) => outcomes.some((one) => one.status === each)) ?? ('pass' as const);
  const telling = outcomes.filter((one) => one.status === status);
  const reason = telling.map((one) => one.reason).join('; ');
  const evidence = [...new Set(telling.flatMap((one) => one.evidence))];
  const details = telling.map((one) => one.details);
  return outcome(status, SCORES[status], reason, evidence, details);
}

const DECIDING = ['fail', 'error'] as const;
const SCORES = { pass: 1, fail: 0, error: null } as const;

/** A setting in which nothing is loaded and no policy is known. */
export const BARE_SETTING: Omit<Setting, 'judges'> = {
  reading: 'no',
  load: null,
  policy: null,
  secrets: new Map(),
  desk: null,
};
