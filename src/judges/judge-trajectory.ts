import { AgentopsError } from '../errors.ts';
import { trajectoryFault } from '../formats/trajectory-fault.ts';
import { isObject } from '../json/object.ts';
import { loadEnginesFor } from '../match/engines.ts';
import { viewOf } from '../match/view.ts';
import type { Expectations } from '../model/expectations.ts';
import type { LoadFunction } from '../model/load-function.ts';
import type { Policy } from '../model/policy.ts';
import { Stop } from '../model/status.ts';
import type { World } from '../model/suite.ts';
import type { Tools } from '../model/tool.ts';
import type { Trajectory } from '../model/trajectory.ts';
import { policySchema } from '../suite/policy-keys.ts';
import { BARE_SETTING, type JudgeKind } from './judge.ts';
import { type Judged, judgeView } from './judge-view.ts';
import { questionsOf } from './questions.ts';
import { judges } from './registry.ts';

/** What a judgement may know beside the trajectory. */
export interface JudgeOptions {
  /** Declared tools, for effects. */
  readonly tools?: Tools;
  /** What the task asks for, for `grounded` and `$from: input`. */
  readonly input?: unknown;
  /** State that the trial began with, for `changes`. */
  readonly world?: World;
  /** What the agent may do: its verdicts join those of the expectations. */
  readonly policy?: Policy;
  /** Texts that must never leave, by the names that `no_leaks` gives them. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Loads the functions that `check` names; without it they are errors. */
  readonly load?: LoadFunction;
}

/** Judges one trajectory after the other by the same expectations. */
export type Judge = (trajectory: Trajectory) => Judged | Promise<Judged>;

/** Validates and compiles expectations, as under `expect` in a suite. Throws `AgentopsError` (`suite_fault`) that names every fault. */
export async function prepareJudge(
  expect: Expectations,
  options: JudgeOptions = {},
): Promise<Judge> {
  const { policy = null, secrets = {} } = options;
  const written = { expect, policy };
  await loadEnginesFor(JSON.stringify(written), written);
  refuseFaults([...faultsIn(expect), ...policyFaults(policy)]);
  const setting = {
    ...BARE_SETTING,
    load: options.load ?? null,
    policy,
    secrets: new Map(Object.entries(secrets)),
    judges,
  };
  const questions = questionsOf({ expect, policy }, setting);
  const { tools = null, input, world = null } = options;
  return (trajectory) => {
    const fault = isOddRecord(trajectory) ? trajectoryFault(trajectory) : null;
    if (fault !== null) return { status: 'error', score: null, reason: fault, verdicts: [] };
    return judgeView(viewOf(trajectory, tools, input, world), questions);
  };
}

const STOPS: ReadonlySet<unknown> = new Set([...Stop.options, null]);

/** Whether a record from code needs a closer look: types promise what a caller in JavaScript may not keep. */
function isOddRecord(trajectory: Trajectory): boolean {
  if (!isObject(trajectory)) return true;
  const { schema_version, steps, stop } = trajectory;
  return schema_version !== 1 || !Array.isArray(steps) || !STOPS.has(stop);
}

const prepared = new WeakMap<Expectations, { options: JudgeOptions; judge: Promise<Judge> }>();

/** Judges a trajectory by expectations, as under `expect` in a suite; the same expectations object is compiled once. Rejects with `AgentopsError` where the expectations are faulty. */
export async function judge(
  trajectory: Trajectory,
  expect: Expectations,
  options: JudgeOptions = NO_OPTIONS,
): Promise<Judged> {
  const known = prepared.get(expect);
  if (known?.options === options) return (await known.judge)(trajectory);
  const compiled = prepareJudge(expect, options);
  prepared.set(expect, { options, judge: compiled });
  return (await compiled)(trajectory);
}

const NO_OPTIONS: JudgeOptions = {};

function refuseFaults(faults: readonly string[]): void {
  if (faults.length > 0) {
    throw new AgentopsError(
      'suite_fault',
      `Cannot judge by these expectations: ${faults.join('; ')}`,
    );
  }
}

function faultsIn(expect: Expectations): string[] {
  const entries = Object.entries(expect);
  if (entries.length === 0) return ['Nothing is expected'];
  return entries.flatMap(([key, value]) => {
    const kind = judges.find((one) => one.key === key);
    if (!kind) return [`${key}: Unknown expectation`];
    const faults = faultsOf(kind, value);
    if (key !== 'not' || faults.length > 0) return faults;
    return (value as Expectations[]).flatMap(
      (
        inner,
        index, // validated
      ) => faultsIn(inner).map((fault) => `not.${index}.${fault}`),
    );
  });
}

function policyFaults(policy: Policy | null): string[] {
  return policy === null ? [] : faultsOf({ key: 'policy', schema: policySchema }, policy);
}

function faultsOf({ key, schema }: Pick<JudgeKind, 'key' | 'schema'>, value: unknown): string[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => `${[key, ...path].join('.')}: ${message}`);
}
