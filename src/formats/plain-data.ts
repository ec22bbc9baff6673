/** Levels that a value may have inside of a suite, whose own are beside them. */
const MOST_LEVELS = 150;

/** Whether a value can stand in a suite: not nested too deeply, and no number that JSON has no name for. */
export function isPlainData(value: unknown, levels = MOST_LEVELS): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return typeof value !== 'symbol';
  return levels > 0 && Object.values(value).every((inner) => isPlainData(inner, levels - 1));
}
