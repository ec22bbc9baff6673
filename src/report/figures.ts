/** A share from 0 to 1 as a percentage, rounded down so that only all is `100%`. */
export function percentage(share: number | null, absent: string): string {
  return share === null ? absent : `${down(share * 100, 1).replace(/\.0$/, '')}%`;
}

/** Bounds of a rate as percentages, widened to the next decimal: `20.7% to 93.9%`. */
export function intervalText(
  interval: { readonly lower: number; readonly upper: number } | null,
  absent: string,
): string {
  if (interval === null) return absent;
  const upper = Math.ceil(interval.upper * 1000 - 1e-6) / 1000;
  return `${percentage(interval.lower, absent)} to ${percentage(upper, absent)}`;
}

/** A score from 0 to 1 with two decimals, rounded down so that only the full score is `1.00`. */
export function scoreText(score: number | null, absent: string): string {
  return score === null ? absent : down(score, 2);
}

/** A whole number with commas between thousands. */
export function countText(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A number of things with the right form of their name: `1 trial`, `1,200 trials`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** US dollars: cents from one dollar up, up to four decimals below. */
export function moneyText(usd: number): string {
  if (usd > 0 && usd < 0.0001) return '<$0.0001';
  return usd >= 1 || usd === 0 ? `$${usd.toFixed(2)}` : `$${usd.toFixed(4)}`;
}

/** Milliseconds in the unit that a person would choose: `12 ms`, `3.4 s`, `2 min 05 s`, `1 h 02 min`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${twoDigits(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

function down(value: number, decimals: number): string {
  const factor = 10 ** decimals;
  // The tiny addend keeps 0.29, which is stored as a little less, from becoming 0.28
  return (Math.floor(value * factor + 1e-9) / factor).toFixed(decimals);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
