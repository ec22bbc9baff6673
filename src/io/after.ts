/** The longest that a timer of Node can wait; beyond it one fires at once. */
const LONGEST = 2 ** 31 - 1;

/** Runs `action` after so many milliseconds, at most 24 days, and returns what calls it off. */
export function after(milliseconds: number, action: () => void): () => void {
  const timer = setTimeout(action, Math.min(Math.max(milliseconds, 0), LONGEST));
  return () => clearTimeout(timer);
}
