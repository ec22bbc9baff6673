const SUFFIX = 6;

/** Id of a run: UTC to the millisecond, so that ids sort by time, and letters that keep two of one millisecond apart. `now` in milliseconds since 1970, `random` from 0 up to 1. */
export function runId(now: number, random: () => number): string {
  const [date = '', time = ''] = new Date(now).toISOString().split('T');
  const letters = Array.from({ length: SUFFIX }, () => Math.floor(random() * 36).toString(36));
  return [
    date.replaceAll('-', ''),
    time.slice(0, 8).replaceAll(':', ''),
    time.slice(9, 12),
    letters.join(''),
  ].join('-');
}
