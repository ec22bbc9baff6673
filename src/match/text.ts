import { compileRegex } from './engines.ts';
import { leaf, type Matcher } from './matcher.ts';
import { REDACTED, sameJson } from './same-json.ts';
import { showValue } from './show.ts';
import { NO, type Tri, tri, UNKNOWN, YES } from './tri.ts';

/** A test on strings; other types are unknown, and so is a redacted text that fails it. */
function onText(test: (text: string) => boolean, words: string): Matcher {
  return leaf({ test: (value) => textAnswer(value, test), words: () => words });
}

function textAnswer(value: unknown, test: (text: string) => boolean): Tri {
  if (typeof value !== 'string') return UNKNOWN;
  if (test(value)) return YES;
  return value.includes(REDACTED) ? UNKNOWN : NO;
}

/** Starts with a text. */
export function startsWith(part: string): Matcher {
  return onText((text) => text.startsWith(part), `a text that starts with ${showValue(part)}`);
}

/** Ends with a text. */
export function endsWith(part: string): Matcher {
  return onText((text) => text.endsWith(part), `a text that ends with ${showValue(part)}`);
}

/** Is found by an RE2 pattern; throws where the pattern is malformed. */
export function regex(pattern: string): Matcher {
  return onText(compileRegex(pattern), `a text that matches /${pattern}/`);
}

/** Equals a text after NFKC, lower case, and removal of white space, punctuation and symbols. */
export function looseText(wanted: string): Matcher {
  const plain = looseForm(wanted);
  return onText((text) => looseForm(text) === plain, `${showValue(wanted)}, loosely compared`);
}

/** The form that `$text` compares. */
function looseForm(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, '');
}

/** Is a string with that part; or a list in which some element equals it or is a string with that part. */
export function contains(part: unknown): Matcher {
  return leaf({
    test: (value) => {
      if (typeof value === 'string') return textHas(value, part);
      if (!Array.isArray(value)) return UNKNOWN;
      let best: Tri = NO;
      for (const element of value) {
        const has = typeof element === 'string' ? textHas(element, part) : sameJson(element, part);
        if (has > best) best = has;
      }
      return best;
    },
    words: () => `something that contains ${showValue(part)}`,
  });
}

function textHas(text: string, part: unknown): Tri {
  return typeof part === 'string' ? textAnswer(text, (whole) => whole.includes(part)) : NO;
}

const typeOf: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: (value) => Array.isArray(value),
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** JSON types that `$type` knows. */
export const typeNames: readonly string[] = Object.keys(typeOf);

/** Has one of those JSON types. */
export function hasType(names: readonly string[]): Matcher {
  return leaf({
    test: (value) => tri(names.some((name) => typeOf[name]?.(value) === true)),
    words: () => `of type ${names.join(' or ')}`,
  });
}
