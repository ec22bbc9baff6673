const places = new Map<string, number>();

/** Puts a view where it was left, a new one at its top; answers what notes the place when the view is left. */
export function keepScroll(view: string): () => void {
  const top = places.get(view) ?? 0;
  scrollTo(0, top);
  // A long list has its height only once it was drawn
  const again = requestAnimationFrame(() => scrollTo(0, top));
  const note = () => places.set(view, scrollY);
  addEventListener('scroll', note, { passive: true });
  return () => {
    cancelAnimationFrame(again);
    removeEventListener('scroll', note);
  };
}
