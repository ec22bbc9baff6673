import type { MessageStep, Step, ToolCallStep, Trajectory } from '../../model/trajectory.ts';
import { recordFault } from '../each-record.ts';
import { exportedTurn } from './adk-export-turn.ts';
import { type Losses, lose, loseOfHead, loseOfStep } from './adk-losses.ts';

/** A case of an eval set as ADK reads it. */
export interface ExportedCase {
  readonly eval_id: string;
  readonly conversation: readonly unknown[];
  readonly session_input: unknown;
}

/** Makes an eval case of a trajectory, one turn for each thing the user said, and notes what it cannot hold. Throws `input_fault` where it cannot be a case. */
function adkEvalCase(trajectory: Trajectory, evalId: string, losses: Losses): ExportedCase {
  if (trajectory.calls === 'not_captured') {
    throw recordFault('Its calls were not captured, expected a record of them');
  }
  const kept = trajectory.steps.filter((step) => !isUserCall(step));
  if (!kept.some(isUser)) throw recordFault('It has no message of the user, expected one');
  lose(losses, 'calls of the user', trajectory.steps.length - kept.length);
  loseOfHead(trajectory, losses);
  const turns: Step[][] = [];
  const early: Step[] = [];
  for (const step of kept) {
    const turn = turns.length + (isUser(step) ? 1 : 0);
    if (!loseOfStep(step, turn, losses)) continue;
    if (isUser(step)) turns.push([step]);
    else (turns.at(-1) ?? early).push(step);
  }
  lose(losses, 'steps before the first message of the user, moved behind it', early.length);
  turns[0]?.splice(1, 0, ...early);
  return {
    eval_id: evalId,
    conversation: turns.map((steps, index) => exportedTurn(steps, index + 1, losses)),
    session_input: { app_name: trajectory.agent, user_id: 'user', state: {} },
  };
}

function isUser(step: Step): step is MessageStep {
  return step.type === 'message' && step['role'] === 'user';
}

function isUserCall(step: Step): step is ToolCallStep {
  const isCall = step.type === 'tool_call' || step.type === 'tool_result';
  return isCall && 'actor' in step && step['actor'] === 'user';
}

/** The eval set of trajectories; those that cannot be a case are told by their place among them. */
export function adkEvalSet(
  trajectories: readonly Trajectory[],
  name: string,
): { set: unknown; cases: number; losses: Losses; faults: { index: number; words: string }[] } {
  const losses: Losses = new Map();
  const faults: { index: number; words: string }[] = [];
  const taken = new Set<string>();
  const eval_cases = trajectories.flatMap((trajectory, index) => {
    try {
      const own: Losses = new Map();
      const evalCase = adkEvalCase(trajectory, idFor(trajectory, trajectories, taken), own);
      for (const [kind, count] of own) lose(losses, kind, count);
      return [evalCase];
    } catch (thrown) {
      if (!(thrown instanceof Error)) throw thrown;
      faults.push({ index, words: thrown.message });
      return [];
    }
  });
  const set = { eval_set_id: name, name, eval_cases };
  return { set, cases: eval_cases.length, losses, faults };
}

/** The task, with its trial where there are several, and its agent where that is not enough. */
function idFor(
  { task, trial, agent }: Trajectory,
  all: readonly Trajectory[],
  taken: Set<string>,
): string {
  const many = all.filter((one) => one.task === task).length > 1;
  const plain = many ? `${task}#${trial}` : task;
  const id = [plain, `${plain}@${agent}`].find((one) => !taken.has(one));
  if (id === undefined) throw recordFault(`There is a case "${plain}@${agent}" before it`);
  taken.add(id);
  return id;
}
