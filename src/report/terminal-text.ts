/** Characters that change a terminal's state, its reading order, or that nobody sees. U+FE0F only asks for an emoji's colours. */
const UNSAFE =
  /(?!\uFE0F)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
const BEYOND_ASCII = /[^\t\n -~]/gu;

/** Openings of commands to a CI system that are read anywhere in a line: Azure, TeamCity, and the old form of GitHub. */
export const CI_COMMAND = /##(?=\[|vso\[|teamcity\[)/gi;
/** GitHub obeys a line that starts with two colons, white space before them or not. */
const GITHUB_COMMAND = /^(\s*)::/u;

/** Text from outside as one line that a terminal shows and obeys in nothing; `\n` and `\t` stand for themselves. */
export function terminalLine(text: string, ascii = false): string {
  return guardLine(encode(text, ascii, shown));
}

/** Text from outside as the lines that it has, each safe on a terminal; tabs become two spaces. */
export function terminalLines(text: string, ascii = false): string[] {
  const safe = encode(text.replaceAll('\r\n', '\n'), ascii, (character) => {
    if (character === '\n') return character;
    return character === '\t' ? '  ' : shown(character);
  });
  return safe.split('\n').map(guardLine);
}

/** Takes the meaning from a line that GitHub would read as a command; for lines that are cut from safe text. */
export function guardLine(line: string): string {
  return line.replace(GITHUB_COMMAND, '$1\\x3a:');
}

/** A character as its code: `\x1b`, `\u{202e}`; a line feed and a tab by their usual names. */
export function shown(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`;
}

function encode(text: string, ascii: boolean, replace: (character: string) => string): string {
  const safe = text.replace(UNSAFE, replace).replace(CI_COMMAND, '#\\x23');
  return ascii ? safe.replaceAll('…', '...').replace(BEYOND_ASCII, shown) : safe;
}
