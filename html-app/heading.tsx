import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

let isFirst = true;
let isForSearch = false;

/** Lets the search take the focus of the view that comes next. */
export function headForSearch(): void {
  isForSearch = true;
}

/** Whether the reader came to this view for its search, asked once. */
export function cameForSearch(): boolean {
  const came = isForSearch;
  isForSearch = false;
  return came;
}

/** The heading of a view, which takes the focus when the reader comes to it, so that it is read out. */
export function Heading({ children }: { readonly children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Before other effects: a list or a search may take the focus then
  useLayoutEffect(() => {
    if (!isFirst && !isForSearch) heading.current?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
