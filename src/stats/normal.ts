/** Quantile of the standard normal distribution (Acklam's approximation, one step of Halley's refinement); ±∞ at 1 and 0, NaN outside. */
export function normalQuantile(p: number): number {
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (!(p > 0 && p < 1)) return Number.NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  let [low, high] = [-39, 0];
  for (let round = 0; round < 100 && high - low > 1e-14; round++) {
    const middle = (low + high) / 2;
    if (normalBelow(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Chance that a standard normal number lies below z. */
export function normalBelow(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  const x = Math.abs(z) / Math.SQRT2;
  const upper = complementaryError(x) / 2;
  return z > 0 ? 1 - upper : upper;
}

/** erfc(x) of x ≥ 0 by Chebyshev's fit, to 1.2e-7 of itself (Numerical Recipes 6.2). */
function complementaryError(x: number): number {
  const t = 1 / (1 + x / 2);
  const powers = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398,
    1.48851587, -0.82215223, 0.17087277,
  ];
  return t * Math.exp(-x * x + powers.reduceRight((sum, power) => sum * t + power, 0));
}
