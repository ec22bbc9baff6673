import { CI_COMMAND, shown } from './terminal-text.ts';

/** Characters that XML 1.0 cannot carry, and those that would steer a terminal on which the file is shown. */
const UNSAFE =
  /(?!\uFE0F|[\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/** A line that GitHub would obey, white space before it or not. */
const GITHUB_COMMAND = /^([^\S\n]*)::/gmu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Looked for first, as most texts have none and the search for single characters is slow. */
const BEYOND_ASCII = /[^\t\n\r -~]/;

/** Text from outside as the value of an attribute in double quotes; what XML cannot carry is shown as its code. */
export function xmlAttribute(text: string): string {
  return withoutCommands(carried(text).replace(/[&<>"\t\n\r]/g, entityOf));
}

/** Text from outside as the content of an element; `]]>` cannot occur, since every `>` is written as an entity. */
export function xmlContent(text: string): string {
  const safe = withoutCommands(carried(text).replace(/[&<>\r]/g, entityOf));
  return safe.includes('::') ? safe.replace(GITHUB_COMMAND, '$1&#58;:') : safe;
}

function carried(text: string): string {
  return BEYOND_ASCII.test(text) ? text.replace(UNSAFE, shown) : text;
}

function entityOf(character: string): string {
  return entities[character] ?? character;
}

/** Writes what a CI system would obey if the file were shown in its log so that XML still means the same. */
function withoutCommands(text: string): string {
  return text.includes('##') ? text.replace(CI_COMMAND, '#&#35;') : text;
}
