import type { Step, Trajectory } from '../model/trajectory.ts';

/** How a record ended that does not say so: completed if an agent had the last word, else not known. */
export function stopOf(steps: readonly Step[]): Trajectory['stop'] {
  const last = steps.findLast(
    ({ type }) => type === 'message' || type === 'tool_call' || type === 'tool_result',
  );
  const isAnswer = last?.type === 'message' && last['role'] === 'assistant';
  return isAnswer ? 'completed' : null;
}
