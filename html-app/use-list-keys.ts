import { type KeyAction, useKeys } from './use-keys.ts';
import type { VirtualPart } from './use-virtual.ts';

/** Brings the focus to an item, its beginning in sight unless that says otherwise. */
type GoTo = (index: number, align?: Parameters<VirtualPart['show']>[1]) => void;

/** Moves through a list by `j` and `k`, and by arrows once an item of it has the focus; Home and End go to its ends then. Answers what brings the focus to an item. */
export function useListKeys(count: number, { list, show }: VirtualPart): GoTo {
  const go: GoTo = (index, align = 'start') => {
    if (count === 0) return;
    const wanted = Math.max(0, Math.min(count - 1, index));
    show(wanted, align);
    focusSoon(list.current, wanted, 10);
  };
  const step =
    (by: number, always: boolean): KeyAction =>
    () => {
      const at = focusedIndex(list.current);
      if (at === null && !always) return false;
      go(at === null ? firstInSight(list.current) : at + by, 'auto');
    };
  useKeys({
    j: step(1, true),
    k: step(-1, true),
    ArrowDown: step(1, false),
    ArrowUp: step(-1, false),
    Home: step(Number.NEGATIVE_INFINITY, false),
    End: step(Number.POSITIVE_INFINITY, false),
  });
  return go;
}

/** Index of the item that has the focus. */
function focusedIndex(list: HTMLElement | null): number | null {
  const item = document.activeElement?.closest('[data-index]');
  return item && list?.contains(item) ? Number(item.getAttribute('data-index')) : null;
}

function firstInSight(list: HTMLElement | null): number {
  const items = [...(list?.querySelectorAll('[data-index]') ?? [])];
  const seen = items.find((item) => item.getBoundingClientRect().top >= 90) ?? items[0];
  return Number(seen?.getAttribute('data-index') ?? 0);
}

/** Focuses an item once it stands in the page, which takes a frame or two where it was far away. */
function focusSoon(list: HTMLElement | null, index: number, tries: number): void {
  const item = list?.querySelector<HTMLElement>(`[data-index="${index}"]`);
  const target = item?.querySelector<HTMLElement>('a') ?? item;
  if (target) target.focus({ preventScroll: tries === 10 });
  else if (tries > 0) requestAnimationFrame(() => focusSoon(list, index, tries - 1));
}
