import { leaf, type Matcher, whole } from './matcher.ts';
import { isUnsafe, sameJson } from './same-json.ts';
import { showValue } from './show.ts';
import { ABSENT, NO, NOT_KNOWN, type Tri, UNKNOWN, YES } from './tri.ts';

/** A scalar, or data taken as it is: equal as JSON. */
export function literal(wanted: unknown): Matcher {
  if (wanted !== null && typeof wanted === 'object') {
    return leaf({ test: (value) => sameJson(value, wanted), words: () => showValue(wanted) });
  }
  const words = showValue(wanted);
  const plain = typeof wanted !== 'number' || !isUnsafe(wanted);
  const isNumber = typeof wanted === 'number';
  const test = (value: unknown): Tri => {
    if (plain && value === wanted) return YES;
    if (plain && typeof value === 'number') return isUnsafe(value) && isNumber ? UNKNOWN : NO;
    return value === NOT_KNOWN ? UNKNOWN : sameJson(value, wanted);
  };
  const scalar = plain ? wanted : ABSENT;
  return whole({ binds: [], refs: [], scalar, test, words: () => words });
}
