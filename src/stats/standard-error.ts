/** What sums of floats may be off by, relative to what is summed. */
export const ROUNDING = 1e-12;

/** Arithmetic mean; NaN of nothing. */
export function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

/** Sum of numbers. */
export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Sample variance, with n − 1 below; 0 of fewer than two values. */
export function sampleVariance(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  return sumOf(values.map((value) => apart(value, mean) ** 2)) / (values.length - 1);
}

/** Value − mean; 0 where floats alone make them differ, as of three times 0.1. */
function apart(value: number, mean: number): number {
  const difference = value - mean;
  return Math.abs(difference) <= ROUNDING * Math.abs(mean) ? 0 : difference;
}

/** Standard error of the mean, s/√n; 0 of fewer than two values, as in Inspect. */
export function standardError(values: readonly number[]): number {
  return values.length < 2 ? 0 : Math.sqrt(sampleVariance(values) / values.length);
}

/** Cluster-robust standard error of the mean (Miller, arXiv 2411.00640; Inspect): √(C/(C−1)·Σ_c(Σ_i(x−x̄))²)/N, without that factor where `corrected` is false; 0 of one cluster. */
export function clusteredStandardError(
  values: readonly number[],
  clusters: readonly (string | number)[],
  corrected = true,
): number {
  if (clusters.length !== values.length) throw new RangeError('Each value needs its cluster');
  const mean = meanOf(values);
  const sums = new Map<string | number, number>();
  values.forEach((value, index) => {
    const cluster = clusters[index] as string | number; // as many as values
    sums.set(cluster, (sums.get(cluster) ?? 0) + apart(value, mean));
  });
  const count = sums.size;
  if (count < 2) return 0;
  const squares = sumOf([...sums.values()].map((sum) => sum ** 2));
  return Math.sqrt((corrected ? count / (count - 1) : 1) * squares) / values.length;
}

/** Pearson correlation of two lists of one length; NaN where one of them does not vary. */
export function correlation(left: readonly number[], right: readonly number[]): number {
  const [a, b] = [meanOf(left), meanOf(right)];
  const products = left.map((value, index) => (value - a) * ((right[index] as number) - b)); // of one length
  const covariance = sumOf(products) / (left.length - 1);
  return covariance / Math.sqrt(sampleVariance(left) * sampleVariance(right));
}
