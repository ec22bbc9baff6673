/** Stands for a space in encoded text: nothing that was written with spaces stands there as it was. */
export const SPACE = '\u2581';

/** What is never written as it is: what would end a string of JSON, whatever cannot be seen, marks of HTML and of code, and our own mark for a space. */
const UNPLAIN = /[\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{DI}\u2800\u2581"\\<>&`]/gu;

const SHORT: ReadonlyMap<string, string> = new Map([
  [' ', SPACE],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Writes untrusted text as a JSON string that holds no two words of it as they were; the characters at `marks` (ascending) become escapes too. */
export function encodeText(text: string, marks: readonly number[] = []): string {
  let made = '"';
  let from = 0;
  for (const mark of marks) {
    const marked = String.fromCodePoint(text.codePointAt(mark) ?? 0);
    made += escaped(text.slice(from, mark)) + inUnits(marked);
    from = mark + marked.length;
  }
  return `${made}${escaped(text.slice(from))}"`;
}

function escaped(text: string): string {
  return text.replace(UNPLAIN, (character) => SHORT.get(character) ?? inUnits(character));
}

/** A character as escapes of its UTF-16 units. */
function inUnits(character: string): string {
  let made = '';
  for (let at = 0; at < character.length; at++) {
    made += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }
  return made;
}
