import { normalBelow } from './normal.ts';
import { seededRandom } from './seeded-random.ts';

/** Two-sided p of a sign-flip test, and how it was found. */
export interface SignFlip {
  readonly p: number;
  /** `monte_carlo`: of flips drawn at random; `normal`: of so many differences that their sum is normal. */
  readonly method: 'exact' | 'monte_carlo' | 'normal';
}

/** Most differences whose signs are all tried: 2^19 sums and their mirror. */
const MOST_FLIPS = 20;

/** Most differences whose signs are drawn. */
const MOST_DRAWN = 2000;

/** Flips that are drawn. */
const DRAWN = 10_000;

/** Most additions on a lattice. */
const MOST_SUMS = 1e7;

/** Sign-flip test on differences by task (Fisher's randomisation test): exact of at most 20 other than 0 and of those that are multiples of one step, else of flips drawn with (1 + hits)/(1 + flips), and normal beyond 2,000. */
export function signFlip(differences: readonly number[], seed = 0): SignFlip {
  const moved = differences.filter((one) => one !== 0).map(Math.abs);
  const observed = Math.abs(differences.reduce((sum, one) => sum + one, 0));
  const p = onLattice(moved, observed) ?? (moved.length > MOST_FLIPS ? null : of(moved, observed));
  if (p !== null) return { p, method: 'exact' };
  if (moved.length <= MOST_DRAWN) {
    return { p: drawn(moved, observed, seed), method: 'monte_carlo' };
  }
  const spread = Math.sqrt(moved.reduce((sum, one) => sum + one * one, 0));
  return { p: Math.min(1, 2 * normalBelow(-observed / spread)), method: 'normal' };
}

/** Sums as far as the observed one count although they were added in another order. */
function reach(moved: readonly number[], observed: number): number {
  return observed - 1e-12 * moved.reduce((sum, one) => sum + one, 0);
}

/** Share of all sums that are as far from 0, by doubling the list of sums; the sign of the first stays, as the rest is its mirror. */
function of(moved: readonly number[], observed: number): number {
  if (moved.length === 0) return 1;
  const sums = new Float64Array(2 ** (moved.length - 1));
  sums[0] = moved[0] ?? 0;
  for (let at = 1, filled = 1; at < moved.length; at++, filled *= 2) {
    const step = moved[at] ?? 0;
    for (let index = 0; index < filled; index++) {
      const sum = sums[index] ?? 0;
      sums[index] = sum + step;
      sums[filled + index] = sum - step;
    }
  }
  const least = reach(moved, observed);
  let asFar = 0;
  for (const sum of sums) if (Math.abs(sum) >= least) asFar++;
  return asFar / sums.length;
}

/** The same where all differences are multiples of one step, as pass rates of equally many trials are: by the distribution of the sum. Null where they are not. */
function onLattice(moved: readonly number[], observed: number): number | null {
  const step = stepOf(moved);
  if (step === null) return null;
  const steps = moved.map((one) => Math.round(one / step));
  const most = steps.reduce((sum, one) => sum + one, 0);
  if (most * moved.length > MOST_SUMS) return null;
  // Chance of each sum of those that keep their sign: the flipped sum is twice that less all
  const chances = new Float64Array(most + 1);
  chances[0] = 1;
  let filled = 0;
  for (const one of steps) {
    filled += one;
    for (let sum = filled; sum >= 0; sum--) {
      chances[sum] = ((chances[sum] ?? 0) + (chances[sum - one] ?? 0)) / 2;
    }
  }
  const least = Math.round(observed / step);
  let asFar = 0;
  chances.forEach((chance, sum) => {
    if (Math.abs(2 * sum - most) >= least) asFar += chance;
  });
  return Math.min(1, asFar);
}

/** Most parts that the least difference is tried to be made of. */
const MOST_PARTS = 12;

function stepOf(moved: readonly number[]): number | null {
  if (moved.length === 0) return null;
  const least = moved.reduce((low, one) => Math.min(low, one));
  for (let parts = 1; parts <= MOST_PARTS; parts++) {
    const step = least / parts;
    const isStep = moved.every((one) => Math.abs(one / step - Math.round(one / step)) < 1e-9);
    if (isStep) return step;
  }
  return null;
}

function drawn(moved: readonly number[], observed: number, seed: number): number {
  const random = seededRandom(seed);
  const least = reach(moved, observed);
  let asFar = 0;
  for (let round = 0; round < DRAWN; round++) {
    let [sum, signs] = [0, 0];
    for (let at = 0; at < moved.length; at++) {
      signs = at % 30 === 0 ? Math.floor(random() * 2 ** 32) : signs >>> 1;
      sum += signs & 1 ? (moved[at] ?? 0) : -(moved[at] ?? 0);
    }
    if (Math.abs(sum) >= least) asFar++;
  }
  return (1 + asFar) / (1 + DRAWN);
}
