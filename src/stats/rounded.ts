/** Rounds to decimals, to the nearest or to where `round` says; the tiny addend keeps what floats store as a little more or less where it is. Never −0. */
export function rounded(
  value: number,
  digits: number,
  round: (value: number) => number = Math.round,
): number {
  const factor = 10 ** digits;
  const nudge = round === Math.floor ? 1e-9 : round === Math.ceil ? -1e-9 : 0;
  return round(value * factor + nudge) / factor + 0;
}
