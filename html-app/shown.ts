/** Characters that hide, or that turn the text around them. */
const HIDDEN = /(?!\n|\t|\uFE0F)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const BEYOND_ASCII = /[^ -~\n\t]/;

/** A text from outside as it is shown: what cannot be seen is written as its code. */
export function shown(text: unknown): string {
  const plain = typeof text === 'string' ? text : jsonText(text);
  if (!BEYOND_ASCII.test(plain)) return plain;
  return plain.replace(
    HIDDEN,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  );
}

/** A value as JSON: on one line where it is short, else set out. */
export function jsonText(value: unknown): string {
  try {
    const text = JSON.stringify(value, null, 2);
    if (text === undefined) return '';
    // Line ends stand between values alone: those in texts are escaped
    return text.length <= 110 ? text.replace(/\n */g, ' ') : text;
  } catch {
    return '(nested too deeply to be shown)';
  }
}
