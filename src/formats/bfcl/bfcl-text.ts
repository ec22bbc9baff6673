/** What BFCL leaves out of texts before it compares them. */
const DROPPED = /[ ,./_*^-]/g;
const BETWEEN = '[ ,./_*^-]*';
/** Texts in which nothing else than letters is kept, or nothing else than letters and digits. */
const LETTERS = /^[\p{L}\p{M} ,./_*^-]*$/u;
const WORDS = /^[\w ,./*^-]*$/;

/** The form in which BFCL compares texts. */
export function bfclForm(text: string): string {
  return text.replace(DROPPED, '').toLowerCase().replaceAll("'", '"');
}

/** A matcher of a text as BFCL compares it. */
export function textMatcher(text: string): unknown {
  const form = bfclForm(text);
  if (form === '') return text;
  // Beside letters other characters say little; beside digits they do, as in 10:30 and +5
  if (LETTERS.test(text) && form.length > 1 && text.normalize('NFKC') === text) {
    return { $text: text };
  }
  if (WORDS.test(text)) return { $text: text, $regex: WORDS.source };
  return { $regex: `(?i)^${BETWEEN}${[...form].map(escaped).join(BETWEEN)}${BETWEEN}$` };
}

/** A character of a pattern; both quotes are one to BFCL. */
function escaped(character: string): string {
  if (character === '"') return `['"]`;
  return /[\\$+?()[\]{}|]/.test(character) ? `\\${character}` : character;
}
