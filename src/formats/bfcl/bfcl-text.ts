/** What BFCL leaves out of texts before it compares them. */
const DROPPED = /[ ,./_*^-]/g;
const BETWEEN = '[ ,./_*^-]*';
/** Texts in which nothing else than letters and digits is kept. */
const WORDS = /^[\p{L}\p{M}\p{N} ,./_*^-]*$/u;

/** The form in which BFCL compares texts. */
export function bfclForm(text: string): string {
  return text.replace(DROPPED, '').toLowerCase().replaceAll("'", '"');
}

/** A matcher of a text as BFCL compares it. */
export function textMatcher(text: string): unknown {
  const form = bfclForm(text);
  if (form === '') return text;
  if (WORDS.test(text) && text.normalize('NFKC') === text) return { $text: text };
  return { $regex: `(?i)^${BETWEEN}${[...form].map(escaped).join(BETWEEN)}${BETWEEN}$` };
}

/** A character of a pattern; both quotes are one to BFCL. */
function escaped(character: string): string {
  if (character === '"') return `['"]`;
  return /[\\$+?()[\]{}|]/.test(character) ? `\\${character}` : character;
}
