/** Room of items that do not stand in the page. */
export function Room({ height }: { readonly height: number }) {
  return height > 0 ? (
    <li class="room" aria-hidden="true" style={{ height: `${height}px` }} />
  ) : null;
}
