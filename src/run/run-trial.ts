import type { Driver, DriveTask } from '../agents/agent.ts';
import { AgentopsError, messageOf } from '../errors.ts';
import { type Judged, judgeView } from '../judges/judge-view.ts';
import type { Question } from '../judges/question.ts';
import type { Used } from '../live/ceilings.ts';
import { type View, viewOf } from '../match/view.ts';
import type { Tools } from '../model/tool.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';
import { deliveryOf } from '../safety/attacks/delivery.ts';
import { isSafety } from '../safety/trial-outcomes.ts';
import { blastRadiusOf } from './blast-radius.ts';
import { type AskedJudge, isCut, judgeCostOf } from './judge-costs.ts';
import type { RunDesk } from './run-desk.ts';
import type { TrialName } from './trial-id.ts';

/** What one trial needs to be run and judged. */
export interface TrialJob {
  readonly drive: Driver;
  readonly task: DriveTask;
  readonly tools: Tools | null;
  readonly questions: readonly Question[];
  readonly signal: AbortSignal;
  /** Where the LLM judges of the suite are asked, null where it has none. */
  readonly desk: RunDesk | null;
  /** Told once the agent is done and only judges are still waited for. */
  readonly driven: () => void;
}

/** A finished trial and the line that is kept of its trajectory, null where there is none. */
export interface FinishedTrial {
  readonly result: TrialResult;
  readonly record: string | null;
  /** Ceilings that a live trial nearly used up. */
  readonly near?: readonly Used[];
  /** Whatever LLM judges said of it. */
  readonly asked?: readonly AskedJudge[];
}

/** Runs one trial and judges it; whatever goes wrong makes the trial an error, with its reason. */
export async function runTrial(job: TrialJob): Promise<FinishedTrial> {
  const { task } = job;
  try {
    const { steps, end, record, fault, interrupted, near } = await job.drive(task, {
      signal: job.signal,
    });
    job.driven();
    const { suite, task: id, agent, trial, attack } = task;
    const names = { suite, task: id, agent, trial, attack };
    const told = fault ? { ...end, fault: fault.message } : end;
    const trajectory: Trajectory = { schema_version: 1, ...names, steps, ...told };
    const view = viewOf(trajectory, job.tools, task.stated.input, task.world);
    const settled = interrupted
      ? CUT
      : fault
        ? faulty(fault)
        : await judgeView(view, job.questions);
    const asked = job.desk?.take(trajectory) ?? [];
    // What rules have failed already stays failed, whatever a judge would have said
    const judged = settled.status !== 'fail' && asked.some(isCut) ? CUT : settled;
    const cost = judgeCostOf(asked);
    const result = {
      ...resultOf(task, view, judged),
      ...(cost !== undefined && { judge_cost_usd: cost }),
      ...unjudged(judged, job.questions),
    };
    const kept = record ?? lineOf(trajectory);
    return { result, record: kept, ...(near && { near }), ...(asked.length > 0 && { asked }) };
  } catch (thrown) {
    if (thrown instanceof AgentopsError && thrown.code === 'internal') throw thrown;
    return { result: brokenResult(task, task.id, messageOf(thrown), job.questions), record: null };
  }
}

/** A trial with a status; one that was cut short has that of a trial that was not run. */
type Settled = Omit<Judged, 'status'> & { readonly status: TrialResult['status'] };

const CUT: Settled = { status: 'skip', score: null, reason: 'Interrupted', verdicts: [] };

function faulty({ message }: Error): Settled {
  return { status: 'error', score: null, reason: message, verdicts: [] };
}

/** The result of a trial of which nothing could be told. */
export function brokenResult(
  name: TrialName,
  id: string,
  reason: string,
  questions: readonly Question[],
): TrialResult {
  const broken = faulty(new Error(reason));
  return { ...emptyResult(name, id), status: 'error', reason, ...unjudged(broken, questions) };
}

/** Names the verdicts about safety that a trial should have and has not: before it went wrong, its agent may have done anything. */
function unjudged({ verdicts }: Settled, questions: readonly Question[]): Partial<TrialResult> {
  if (verdicts.length > 0) return {};
  const open = questions.filter(isSafety).map(({ path }) => path);
  return open.length === 0 ? {} : { unjudged: open };
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

function resultOf(task: DriveTask, view: View, judged: Settled): TrialResult {
  const { status, score, reason, verdicts } = judged;
  const usage = view.usage();
  const radius = blastRadiusOf(view);
  const watched = view.trajectory.calls !== 'not_captured';
  const result: TrialResult = {
    ...emptyResult(task, task.id),
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
  if (radius) result.blast_radius = radius;
  const { attack } = task.safety;
  return attack ? { ...result, ...deliveryOf(attack, view) } : result;
}

function lineOf(trajectory: Trajectory): string | null {
  try {
    return JSON.stringify(trajectory);
  } catch {
    return null; // nested too deeply to be written; the verdicts stand
  }
}
