import { hasToken, isCut, type LeafLookup, type Leaves, numbersIn, wordsIn } from './occurs.ts';
import { REDACTED } from './same-json.ts';
import { NO, UNKNOWN, YES } from './tri.ts';

/** Something that brought texts and numbers in: an input, or a result of a tool. */
export interface Source {
  readonly step: number;
  readonly tool: string;
  readonly leaves: Leaves;
}

/** Looks leaves up in the sources before a step, of some tools or of any. */
export type Origins = (before: number, tools: readonly string[] | null) => LeafLookup;

/** The first step at which a tool brought something in, and the same of other tools. */
interface First {
  readonly tool: string;
  step: number;
  more: First | null;
}

interface Entry {
  readonly text: string;
  readonly first: First;
}

interface Lookup {
  /** Each text once. */
  readonly texts: Map<string, Entry>;
  /** Numbers that are given as such, as they are written. */
  readonly written: Map<string, First>;
  /** Texts that hold a word. */
  byWord: Map<string, Entry[]> | null;
  /** Numbers given as such, and those that texts name. */
  byNumber: Map<number, First> | null;
  redacted: First | null;
  /** Where texts were found that stand in others: most are looked for again and again. */
  readonly holders: Map<string, Entry>;
  /** Searches through every text so far. */
  searches: number;
}

/** Searches through every text before words and numbers are sorted: a few are cheaper than that. */
const FEW = 16;

/** Makes texts and numbers of sources, in the order of their steps, ready to be looked up. */
export function originsOf(sources: readonly Source[]): Origins {
  let made: Lookup | null = null;
  return (before, tools) => {
    made ??= lookupOf(sources);
    const lookup = made;
    const isEarlier = (first: First | null | undefined): boolean => {
      for (let at = first; at; at = at.more) {
        if (at.step < before && (tools === null || tools.includes(at.tool))) return true;
      }
      return false;
    };
    return {
      text: (text) => {
        if (isEarlier(lookup.texts.get(text)?.first)) return YES;
        if (isEarlier(lookup.written.get(text))) return YES;
        if (isEarlier(lookup.holders.get(text)?.first)) return YES;
        for (const entry of entriesWith(lookup, text)) {
          if (!isEarlier(entry.first) || !hasToken(entry.text, text)) continue;
          lookup.holders.set(text, entry);
          return YES;
        }
        return text.includes(REDACTED) || isEarlier(lookup.redacted) ? UNKNOWN : NO;
      },
      number: (number) => (isEarlier(numbersOf(lookup).get(number)) ? YES : NO),
    };
  };
}

function lookupOf(sources: readonly Source[]): Lookup {
  const texts = new Map<string, Entry>();
  const written = new Map<string, First>();
  let redacted: First | null = null;
  for (const { step, tool, leaves } of sources) {
    for (const text of leaves.texts) {
      const known = texts.get(text);
      if (known) note(known.first, tool, step);
      else texts.set(text, { text, first: { tool, step, more: null } });
      if (text.includes(REDACTED)) redacted = note(redacted, tool, step);
    }
    for (const number of leaves.numbers.map(String)) {
      written.set(number, note(written.get(number), tool, step));
    }
  }
  return {
    texts,
    written,
    byWord: null,
    byNumber: null,
    redacted,
    holders: new Map(),
    searches: 0,
  };
}

/** Notes that a tool brought something in at a step; gives the first note. */
function note(first: First | null | undefined, tool: string, step: number): First {
  const made: First = { tool, step, more: null };
  if (!first) return made;
  let last = first;
  for (let at: First | null = first; at; at = at.more) {
    if (at.tool === tool) {
      at.step = Math.min(at.step, step);
      return first;
    }
    last = at;
  }
  last.more = made;
  return first;
}

/** Texts in which another one may stand as a token: those with the rarest of its words. */
function entriesWith(lookup: Lookup, text: string): Iterable<Entry> {
  const words = wordsIn(text);
  if (words.length === 0 || isCut(text) || ++lookup.searches <= FEW) return lookup.texts.values();
  lookup.byWord ??= sortedByWord(lookup.texts.values());
  let rarest: readonly Entry[] | null = null;
  for (const word of words) {
    const entries = lookup.byWord.get(word) ?? [];
    if (rarest === null || entries.length < rarest.length) rarest = entries;
  }
  return rarest ?? [];
}

function sortedByWord(entries: Iterable<Entry>): Map<string, Entry[]> {
  const byWord = new Map<string, Entry[]>();
  for (const entry of entries) {
    for (const word of new Set(wordsIn(entry.text))) {
      const known = byWord.get(word);
      if (known) known.push(entry);
      else byWord.set(word, [entry]);
    }
  }
  return byWord;
}

function numbersOf(lookup: Lookup): Map<number, First> {
  if (lookup.byNumber) return lookup.byNumber;
  const byNumber = new Map<number, First>();
  const add = (number: number, first: First) => {
    for (let at: First | null = first; at; at = at.more) {
      byNumber.set(number, note(byNumber.get(number), at.tool, at.step));
    }
  };
  for (const [written, first] of lookup.written) add(Number(written), first);
  for (const { text, first } of lookup.texts.values()) {
    for (const number of numbersIn(text)) add(number, first);
  }
  lookup.byNumber = byNumber;
  return byNumber;
}
