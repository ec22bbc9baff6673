import { CI_COMMAND } from './terminal-text.ts';

/** Characters that JSON may hold as they are, but that steer a terminal or hide in it. */
const UNSAFE = /(?!\uFE0F|\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Looked for first, as most lines have none and the search for single characters is slow; DEL is beyond too. */
const BEYOND_ASCII = /[^ -~]/;

/** A value as one line of JSON in which controls, invisible characters and openings of CI commands are escaped. */
export function jsonLine(value: unknown): string {
  return safeJsonLine(JSON.stringify(value));
}

/** One line of JSON written so that it steers no terminal and no CI system, and means the same. */
export function safeJsonLine(line: string): string {
  const safe = BEYOND_ASCII.test(line) ? line.replace(UNSAFE, escapeUnits) : line;
  return safe.includes('##') ? safe.replace(CI_COMMAND, '#\\u0023') : safe;
}

function escapeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}

/** YAML that `suiteYaml` wrote, with what steers a terminal or hides in it escaped: such characters stand in double quotes there, or in remarks. */
export function safeYaml(yaml: string): string {
  return yaml.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
}
