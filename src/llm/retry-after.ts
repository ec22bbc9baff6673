/** Milliseconds that an endpoint asks to be left alone, null where it does not say so in a way that makes sense; a date counts from `now` (ms since 1970). */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const exact = wholeNumber(headers.get('retry-after-ms'), 1);
  if (exact !== null) return exact;
  const header = headers.get('retry-after')?.trim() ?? '';
  const seconds = wholeNumber(header, 1000);
  if (seconds !== null) return seconds;
  // A bare number that is no wait, such as -5, would pass for a year
  const date = /[a-z]/i.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function wholeNumber(text: string | null, factor: number): number | null {
  if (text === null || !/^\s*\d+(?:\.\d+)?\s*$/.test(text)) return null;
  return Number(text) * factor;
}
