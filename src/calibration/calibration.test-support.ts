import { judgeSpec } from '../model/judge-spec.test-support.ts';
import type { Ballot, JudgeDetails, JudgeSpec } from '../model/llm-judge.ts';
import type { Plan } from '../model/plan.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { StoredRun } from '../store/stored-run.ts';
import type { PlacedLabel } from './placed-label.ts';

/** A judge with plain values where nothing else is said. */
export function sampleJudge(more: Partial<JudgeSpec> = {}): JudgeSpec {
  const answers = { pass: 'Solved', fail: 'Not solved' };
  return judgeSpec({ models: ['gpt-test'], answers, ...more });
}

/** A label of task `a`, given by nobody in particular. */
export function sampleLabel(more: Partial<PlacedLabel> = {}): PlacedLabel {
  return {
    task: 'a',
    agent: 'bot',
    trial: 1,
    label: 'pass',
    file: 'x.labels.jsonl',
    line: 1,
    ...more,
  };
}

/** What a judge said of a trial: its votes, and the first of them as its answer. */
export function sampleDetails(
  votes: readonly (string | number | null)[],
  more: Partial<JudgeDetails> = {},
): JudgeDetails {
  const answer = votes[0] ?? null;
  const ballots = votes.map((one, at): Ballot => {
    const told = { answer: one, reason: `Says ${one}`, evidence: [] };
    return { model: 'gpt-test', vote: at + 1, ...told, from: 'recorded', asked: 0 };
  });
  const holds = answer === null ? null : answer === 'pass';
  return {
    judge: 'solved',
    wanted: { is: ['pass'] },
    agree: 'majority',
    answer,
    holds,
    ballots,
    ...more,
  };
}

/** A trial of a run that exists only in a test. */
export interface SampleTrial extends Partial<TrialResult> {
  readonly said?: readonly JudgeDetails[];
}

/** A run of which only what calibration reads is there. */
export function sampleJudgedRun(
  trials: readonly SampleTrial[],
  trajectory: Trajectory | null = null,
): Pick<StoredRun, 'plan' | 'trials' | 'trajectory'> {
  const results = trials.map(({ said = [], ...trial }, at): TrialResult => {
    const names = { suite: 'shop', task: 'a', agent: 'bot', attack: null, trial: 1 };
    const none = { turns: null, tool_calls: null, input_tokens: null, output_tokens: null };
    const verdicts = said.map((details) => ({
      path: `expect.judge.${details.judge}`,
      kind: 'judge' as const,
      required: true,
      status: details.holds === null ? ('error' as const) : details.holds ? 'pass' : 'fail',
      score: details.holds === null ? null : Number(details.holds),
      reason: 'As the votes say',
      evidence: [],
      details,
    }));
    const result = { id: `trial-${at}`, ...names, status: 'pass' as const, score: 1, stop: null };
    const rest = { ...none, cost_usd: null, duration_ms: null, verdicts };
    return { ...result, ...rest, ...trial } as TrialResult; // complete but for what a test leaves out
  });
  const rows = results.map(({ suite, task, agent, attack }) => ({ suite, task, agent, attack }));
  return {
    plan: { rows } as unknown as Plan, // only its rows are read
    async *trials() {
      yield* results;
    },
    trajectory: async () => trajectory,
  };
}
