/** Why a number is not what it looks like when it is read, as the rest of a sentence that begins with it; null where it is kept. */
export function changedNumber(source: string, value: number): string | null {
  if (!Number.isFinite(value)) return null;
  const inBase = /^[-+]?0[xo]/i.test(source);
  const power = inBase ? -1 : source.search(/e/i);
  const wanted = inBase ? '' : digitsOf(source);
  if (value === 0 && wanted !== '') return 'is read as 0';
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return null;
  const kept = digitsOf(String(value));
  // 1e30 is meant as near as it comes
  if (power !== -1 && wanted === kept) return null;
  const why = 'as integers beyond 2^53 lose digits';
  return wanted === kept
    ? `is not told from its neighbours, ${why}`
    : `is read as ${value}, ${why}`;
}

/** The digits of a decimal number without those that only give its size. */
function digitsOf(source: string): string {
  const [mantissa = ''] = source.split(/e/i);
  return mantissa.replace(/[^0-9]/g, '').replace(/^0+|0+$/g, '');
}
