import { readingsOf } from '../safety/flow/readings.ts';
import { foldedText } from './folded-text.ts';
import { hiddenText } from './hidden-text.ts';
import { type Sway, swayPatterns } from './sway-patterns.ts';

/** What in a text looks as if it were to sway a judge. */
export interface Swayed {
  /** Where the first letter of each such passage stands, ascending. */
  readonly marks: readonly number[];
  /** What was found, in words for people; each once. */
  readonly found: readonly string[];
}

const WORDS = {
  verdict: 'looks like a verdict',
  delimiter: 'looks like a delimiter',
  order: 'looks like an order to the judge',
} as const satisfies Record<Sway, string>;

const NOTHING: Swayed = { marks: [], found: [] };

/** Shortest text that can sway: `[[A]]`. */
const LEAST = 5;
/** Shortest text that can say as much behind an encoding: Base64 of `VERDICT:A`. */
const LEAST_ENCODED = 12;

/** Looks for verdicts, delimiters and orders in a text: as it looks, in what it hides, behind encodings. */
export function swayIn(text: string): Swayed {
  if (text.length < LEAST) return NOTHING;
  const { plain, origin } = foldedText(text);
  const found = new Set<string>();
  const marks = new Set<number>();
  for (const { kind, pattern } of swayPatterns) {
    if (plain.search(pattern) === -1) continue; // mostly so, and much faster than going through all matches
    for (const match of plain.matchAll(pattern)) {
      found.add(WORDS[kind]);
      marks.add(origin(match.index + Math.max(0, match[0].search(/[a-z\d]/i))));
    }
  }
  addHidden(text, found);
  if (text.length >= LEAST_ENCODED) addEncoded(text, found);
  return { marks: [...marks].sort((a, b) => a - b), found: [...found] };
}

function addHidden(text: string, found: Set<string>): void {
  const { tags, isSmuggled } = hiddenText(text);
  if (tags !== '' || isSmuggled) found.add('holds text that cannot be seen');
  if (tags === '') return;
  for (const kind of kindsIn(tags)) found.add(`${WORDS[kind]}, in characters that cannot be seen`);
}

function addEncoded(text: string, found: Set<string>): void {
  for (const { plain, how } of readingsOf(text).all) {
    if (how.length === 0) continue;
    for (const kind of kindsIn(plain)) {
      if (!found.has(WORDS[kind])) found.add(`${WORDS[kind]}, behind ${how.join(' and ')}`);
    }
  }
}

function kindsIn(plain: string): Set<Sway> {
  const kinds = swayPatterns.filter(({ pattern }) => plain.search(pattern) !== -1);
  return new Set(kinds.map(({ kind }) => kind));
}
