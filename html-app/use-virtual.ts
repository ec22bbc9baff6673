import {
  observeWindowOffset,
  observeWindowRect,
  type VirtualItem,
  Virtualizer,
  windowScroll,
} from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** The part of a long list that stands in the page: its items, and the room of those before and behind. */
export interface VirtualPart {
  readonly list: RefObject<HTMLElement | null>;
  readonly items: readonly Pick<VirtualItem, 'index' | 'key'>[];
  readonly before: number;
  readonly behind: number;
  /** Ref of an item whose height is its own; it has `data-index`. */
  readonly measure: (element: Element | null) => void;
  /** Brings an item into sight: its beginning, or as much of it as is nearest. */
  show(index: number, align: 'start' | 'auto'): void;
}

/** Items of a list that is printed as a whole; a longer one is printed up to here. */
const MOST_PRINTED = 2000;

const SIDES_HEIGHT = 56;

/** Shows a list as far as it is in the window; it scrolls with the page. */
export function useVirtual(count: number, estimate: (index: number) => number): VirtualPart {
  const list = useRef<HTMLElement>(null);
  const [margin, setMargin] = useState(0);
  const [, redraw] = useState(0);
  const [covered] = useState(coveredHeight);
  const printing = usePrinting();
  const options = {
    count,
    estimateSize: estimate,
    overscan: 8,
    scrollMargin: margin,
    scrollPaddingStart: covered,
    scrollPaddingEnd: 48,
    initialOffset: () => scrollY,
    getScrollElement: () => window,
    observeElementRect: observeWindowRect,
    observeElementOffset: observeWindowOffset,
    scrollToFn: windowScroll,
    onChange: () => redraw((times) => times + 1),
  };
  const [virtualizer] = useState(() => new Virtualizer<Window, Element>(options));
  virtualizer.setOptions(options);
  useLayoutEffect(() => virtualizer._didMount(), []);
  useLayoutEffect(() => {
    const top = list.current ? list.current.getBoundingClientRect().top + scrollY : 0;
    if (Math.abs(top - margin) > 1) setMargin(top);
    virtualizer._willUpdate();
  });
  const shared = { list, measure: virtualizer.measureElement };
  const show: VirtualPart['show'] = (index, align) => virtualizer.scrollToIndex(index, { align });
  if (printing) {
    const items = Array.from({ length: Math.min(count, MOST_PRINTED) }, (_, at) => at);
    const all = items.map((index) => ({ index, key: index }));
    return { ...shared, items: all, before: 0, behind: 0, show };
  }
  const items = virtualizer.getVirtualItems();
  const before = (items[0]?.start ?? margin) - margin;
  const behind = virtualizer.getTotalSize() - ((items.at(-1)?.end ?? margin) - margin);
  return { ...shared, items, before, behind: Math.max(0, behind), show };
}

/** Height of what lies over the top of a list: the page's header, and the names of two sides. */
function coveredHeight(): number {
  return (document.querySelector<HTMLElement>('.top')?.offsetHeight ?? 76) + SIDES_HEIGHT;
}

/** Whether the page is being printed. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const media = matchMedia('print');
    const follow = () => setPrinting(media.matches);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, []);
  return printing;
}
