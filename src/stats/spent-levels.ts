import { normalBelow, normalQuantile } from './normal.ts';

/** Keeps the sum of levels from rounding above alpha. */
const BELOW = 1 - 1e-12;

/** Level of each of so many equally spaced looks: what the spending function of Lan & DeMets (1983) that is like O'Brien & Fleming's boundary, 2 − 2Φ(z_{1−α/2}/√t), lets be spent anew at each. Fixed in advance; their sum is alpha, so that by the union bound one of all looks errs with a chance of at most alpha, whatever the looks have in common. */
export function spentLevels(looks: number, alpha: number): number[] {
  const reach = normalQuantile(alpha / 2);
  const spent = (look: number) => 2 * normalBelow(reach / Math.sqrt(look / looks));
  return Array.from(
    { length: looks },
    (_, at) => BELOW * (spent(at + 1) - (at === 0 ? 0 : spent(at))),
  );
}
