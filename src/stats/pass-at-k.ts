/** Most figures that are given for growing k. */
const MOST_K = 100;

/** Chance that at least one of k trials passes, from c passes among n: 1 − C(n−c,k)/C(n,k). Needs 1 ≤ k ≤ n. */
export function passAtK(n: number, c: number, k: number): number {
  let none = 1;
  for (let i = 0; i < k; i++) none *= Math.max(0, n - c - i) / (n - i);
  return 1 - none;
}

/** Chance that all of k trials pass, from c passes among n: C(c,k)/C(n,k). Needs 1 ≤ k ≤ n. */
export function passHatK(n: number, c: number, k: number): number {
  let all = 1;
  for (let i = 0; i < k; i++) all *= Math.max(0, c - i) / (n - i);
  return all;
}

/** A figure for each k that n trials can tell, up to 100. */
export function forEachK(
  n: number,
  c: number,
  figure: (n: number, c: number, k: number) => number,
): Record<string, number> {
  const figures: Record<string, number> = {};
  for (let k = 1; k <= Math.min(n, MOST_K); k++) figures[k] = figure(n, c, k);
  return figures;
}
