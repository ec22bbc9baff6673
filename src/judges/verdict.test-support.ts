import type { Trajectory } from '../model/trajectory.ts';
import type { Verdict } from '../model/verdict.ts';
import { type JudgeOptions, judge } from './judge-trajectory.ts';

/** Judges by one expectation and answers its verdict; throws where there is not exactly one. */
export async function verdictOf(
  trajectory: Trajectory,
  key: string,
  value: unknown,
  options: JudgeOptions = {},
): Promise<Verdict> {
  const judged = await judge(trajectory, { [key]: value }, options);
  const found = judged.verdicts.filter(({ path }) => path.startsWith(`expect.${key}`));
  const [verdict] = found;
  if (!verdict || found.length !== 1) {
    throw new Error(`${found.length} verdicts of ${key}: ${judged.reason}`);
  }
  return verdict;
}
