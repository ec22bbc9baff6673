/** Level of each of so many equally spaced looks, together at most alpha (union bound): weights fixed in advance that grow as O'Brien & Fleming's (1979), little at first. Never adds up to more than alpha. */
export function spentLevels(looks: number, alpha: number): number[] {
  const weights = Array.from({ length: looks }, (_, at) => (at + 1) ** 3);
  const all = weights.reduce((sum, one) => sum + one, 0);
  return weights.map((one) => (alpha * one) / all);
}
