import { countOf } from '../match/count.ts';
import { groupKind } from '../match/element.ts';
import type { Path } from '../match/operator.ts';
import type { OddityAt } from '../suite/kinds.ts';

/** What an `in_order` list says that forbids nothing. */
export function listOddities(list: readonly unknown[], path: Path): OddityAt[] {
  const last = list.at(-1);
  if (list.length === 0) {
    return [
      { path, message: 'in_order: [] forbids nothing: write exact: [] to forbid every call' },
    ];
  }
  if (groupKind(last) !== null) return [];
  const { min, max, optional } = countOf(last);
  const at = [...path, list.length - 1];
  if (optional || min === 0) {
    return [
      { path: at, message: 'An optional element at the end of in_order forbids and wants nothing' },
    ];
  }
  if (max !== Number.POSITIVE_INFINITY && max > min) {
    return [
      { path: at, message: 'times.max at the end of in_order forbids nothing: others may follow' },
    ];
  }
  return [];
}
