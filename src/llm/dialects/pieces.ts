const MOST_PIECES = 4;
const SHORTEST = 6;

/** Cuts text into the few pieces that a stream sends; none for empty text, and no pair of surrogates is parted. */
export function pieces(text: string): string[] {
  const size = Math.max(SHORTEST, Math.ceil(text.length / MOST_PIECES));
  const cut: string[] = [];
  for (let from = 0; from < text.length; ) {
    const end = from + size;
    const parted = /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end + 1 : end;
    cut.push(text.slice(from, parted));
    from = parted;
  }
  return cut;
}
