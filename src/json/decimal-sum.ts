/** Sums numbers as the decimals that they are written as, so that 0.1 + 0.2 is 0.3; infinite where the sum is beyond all numbers. */
export function decimalSum(values: readonly number[]): number {
  return shortSum(values, 1) ?? shortSum(values, 1e9) ?? longSum(values);
}

/**
 * Sums decimals as whole numbers of parts of a unit; null where that would not be exact.
 * Below 2^52 parts two decimals never share a double, so that the nearest double is the one meant.
 */
function shortSum(values: readonly number[], parts: number): number | null {
  let sum = 0;
  for (const value of values) {
    const scaled = Math.round(value * parts);
    sum += scaled;
    if (scaled / parts !== value || Math.abs(scaled) > 2 ** 52 || Math.abs(sum) > 2 ** 52)
      return null;
  }
  return sum / parts;
}

function longSum(values: readonly number[]): number {
  if (!values.every(Number.isFinite)) return values.reduce((sum, value) => sum + value, 0);
  const parts = values.map(parts10);
  const scale = parts.reduce((least, [, exponent]) => Math.min(least, exponent), 0);
  let sum = 0n;
  for (const [digits, exponent] of parts) sum += digits * 10n ** BigInt(exponent - scale);
  return Number(`${sum}e${scale}`);
}

/** A number as digits × 10^exponent, from its shortest decimal form. */
export function parts10(value: number): [digits: bigint, exponent: number] {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return [BigInt(whole + fraction), Number(exponent) - fraction.length];
}
