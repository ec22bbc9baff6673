import type { DriveEnd, Driver, DriveTask } from '../agents/agent.ts';
import { AgentopsError, messageOf } from '../errors.ts';
import { type Judged, judgeView } from '../judges/judge-view.ts';
import type { Question } from '../judges/questions.ts';
import { type View, viewOf } from '../match/view.ts';
import type { World } from '../model/suite.ts';
import type { Tools } from '../model/tool.ts';
import type { Step, Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';
import type { TrialName } from './trial-id.ts';

/** What one trial needs to be run and judged. */
export interface TrialJob {
  readonly id: string;
  readonly drive: Driver;
  readonly task: DriveTask;
  readonly agent: string;
  readonly tools: Tools | null;
  /** State that the trial begins with; null where the suite names none. */
  readonly world: World | null;
  readonly questions: readonly Question[];
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** A finished trial and the line that is kept of its trajectory, null where there is none. */
export interface FinishedTrial {
  readonly result: TrialResult;
  readonly record: string | null;
}

/** Runs one trial and judges it; whatever goes wrong makes the trial an error, with its reason. */
export async function runTrial(job: TrialJob): Promise<FinishedTrial> {
  const name: TrialName = { ...job.task, agent: job.agent };
  try {
    const { steps, end, record } = await driven(job);
    const trajectory: Trajectory = { schema_version: 1, ...withoutInput(name), steps, ...end };
    const view = viewOf(trajectory, job.tools, job.task.input, job.world);
    const judged = await judgeView(view, job.questions);
    const result = resultOf(name, job.id, view, judged);
    return { result, record: record ?? lineOf(trajectory) };
  } catch (thrown) {
    if (thrown instanceof AgentopsError && thrown.code === 'internal') throw thrown;
    return {
      result: { ...emptyResult(name, job.id), status: 'error', reason: messageOf(thrown) },
      record: null,
    };
  }
}

function withoutInput({ suite, task, agent, attack, trial }: TrialName) {
  return { suite, task: task ?? '', agent, trial, attack };
}

async function driven({
  drive,
  task,
  signal,
  now,
}: TrialJob): Promise<DriveEnd & { steps: Step[] }> {
  const started = now();
  const run = drive(task, {
    signal,
    clock: () => now() - started,
    callTool: (tool) => {
      throw new AgentopsError('input_fault', `Cannot answer a call of ${tool}: no tool is mocked`);
    },
  });
  const steps: Step[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return { steps, ...next.value };
    steps.push(next.value);
  }
}

/** The result of a trial of which nothing is known yet. */
export function emptyResult(name: TrialName, id: string): TrialResult {
  const { suite, task, agent, attack, trial } = name;
  return {
    id,
    suite,
    task,
    agent,
    attack,
    trial,
    status: 'skip',
    score: null,
    stop: null,
    reason: null,
    turns: null,
    tool_calls: null,
    input_tokens: null,
    output_tokens: null,
    cost_usd: null,
    duration_ms: null,
    verdicts: [],
  };
}

function resultOf(name: TrialName, id: string, view: View, judged: Judged): TrialResult {
  const { status, score, reason, verdicts } = judged;
  const usage = view.usage();
  const watched = view.trajectory.calls !== 'not_captured';
  return {
    ...emptyResult(name, id),
    status,
    score,
    stop: view.trajectory.stop,
    reason,
    turns: watched ? usage.turns : null,
    tool_calls: watched ? view.calls.length : null,
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cost_usd: usage.costUsd,
    duration_ms: usage.durationMs,
    verdicts: verdicts as Verdict[], // made for this trial alone
  };
}

function lineOf(trajectory: Trajectory): string | null {
  try {
    return JSON.stringify(trajectory);
  } catch {
    return null; // nested too deeply to be written; the verdicts stand
  }
}
