import { atMostOfTosses } from './exact-tests.ts';
import { logChoose } from './log-gamma.ts';

/** Chances below this add nothing that matters to a power. */
const SLIGHT = 1e-9;

/** Chance that McNemar's exact test, one-sided at alpha, shows a loss of pass rate over tasks with one trial each, whose differences have the variance. */
export function singleTrialPower(
  tasks: number,
  loss: number,
  variance: number,
  alpha: number,
): number {
  const discordant = Math.min(1, Math.max(loss, variance + loss * loss));
  const lost = (discordant + loss) / 2 / discordant;
  let power = 0;
  let gained = -1;
  for (let pairs = 0; pairs <= tasks; pairs++) {
    // The most gains among so many discordant pairs that are still significant
    while (atMostOfTosses(pairs, gained + 1) <= alpha) gained++;
    const chance = binomial(tasks, pairs, discordant);
    if (chance < SLIGHT) continue;
    for (let gains = 0; gains <= gained; gains++)
      power += chance * binomial(pairs, gains, 1 - lost);
  }
  return power;
}

function binomial(n: number, k: number, p: number): number {
  if (p <= 0) return k === 0 ? 1 : 0;
  if (p >= 1) return k === n ? 1 : 0;
  return Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
}
