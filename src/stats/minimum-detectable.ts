import { pairTasks } from './compared-tasks.ts';
import { normalQuantile } from './normal.ts';
import type { TaskScores } from './paired-difference.ts';
import { sampleVariance } from './standard-error.ts';

/** Least difference that so many tasks and trials show with the power that is asked for, (z_{1−α/2} + z_power)·√((ω² + σ²_A/K_A + σ²_B/K_B)/n) (Miller, arXiv 2411.00640); null where it cannot be told. */
export function minimumDetectable(
  base: TaskScores,
  head: TaskScores,
  { level = 0.95, power = 0.8 }: { readonly level?: number; readonly power?: number } = {},
): number | null {
  const { differences } = pairTasks(base, head);
  if (differences.length < 2) return null;
  const reach = normalQuantile((1 + level) / 2) + normalQuantile(power);
  return reach * Math.sqrt(sampleVariance(differences) / differences.length);
}
