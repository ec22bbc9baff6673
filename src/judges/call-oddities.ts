import { countOf } from '../match/count.ts';
import { groupKind } from '../match/element.ts';
import type { Path } from '../match/operator.ts';
import type { OddityAt } from '../suite/kinds.ts';

/** What an empty list says in a mode that lets other calls occur. */
export function emptyOddity(mode: string, list: readonly unknown[], path: Path): OddityAt[] {
  if (list.length > 0) return [];
  const message = `${mode}: [] forbids nothing: write exact: [] to forbid every call`;
  return [{ path: [...path, mode], message }];
}

/** What an `in_order` list says that forbids nothing. */
export function listOddities(list: readonly unknown[], path: Path): OddityAt[] {
  const last = list.at(-1);
  if (list.length === 0) return emptyOddity('in_order', list, path.slice(0, -1));
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
