/** Chance that a standard normal number lies below z: its series (Marsaglia 2004), and the continued fraction of its tail. */
export function normalBelow(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  const x = Math.abs(z);
  if (x > 5) return z > 0 ? 1 - tailBeyond(x) : tailBeyond(x);
  let [sum, term] = [x, x];
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  const half = sum * density(x);
  return z > 0 ? 0.5 + half : 0.5 - half;
}

/** Density of the standard normal distribution. */
function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** Quantile of the standard normal distribution; −∞ at 0, ∞ at 1, NaN outside. */
export function normalQuantile(p: number): number {
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (!(p > 0 && p < 1)) return Number.NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  // Starts left of the root, from which Newton's steps on the logarithm never leave
  let z = -Math.sqrt(-2 * Math.log(p));
  for (let round = 0; round < 100; round++) {
    const below = normalBelow(z);
    const step = ((Math.log(below) - Math.log(p)) * below) / density(z);
    z -= step;
    if (Math.abs(step) < 1e-13) break;
  }
  return z;
}

/** Mills' ratio times the density, from x = 5 on. */
function tailBeyond(x: number): number {
  let fraction = x;
  for (let term = 60; term > 0; term--) fraction = x + term / fraction;
  return density(x) / fraction;
}
