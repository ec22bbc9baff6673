import { leaf, type Matcher } from './matcher.ts';
import { sameJson } from './same-json.ts';
import { showValue } from './show.ts';
import { YES } from './tri.ts';

/** A scalar, or data taken as it is: equal as JSON. */
export function literal(wanted: unknown): Matcher {
  if (wanted !== null && typeof wanted === 'object') {
    return leaf({ test: (value) => sameJson(value, wanted), words: () => showValue(wanted) });
  }
  const words = showValue(wanted);
  return leaf({
    test: (value) =>
      value === wanted && typeof value !== 'number' ? YES : sameJson(value, wanted),
    words: () => words,
  });
}
