import { codesIn } from '../../match/codes-in.ts';
import { squeezed } from '../../match/squeezed.ts';
import { instructionBefore } from './instruction-before.ts';
import { plainText } from './plain-text.ts';
import type { TextReading } from './readings.ts';
import type { Sink } from './sinks.ts';
import { eachRun, wordsIn } from './words-in.ts';

/** Fewest words, and letters, of a whole argument that is looked for as such. */
const WHOLE_WORDS = 3;
const WHOLE_LETTERS = 12;
/** Letters and digits of the pieces of a token that was split in two. */
const PIECE = 6;
/** Most letters and digits of a whole argument that is a token by itself. */
const LONGEST_CODE = 64;

/** A passage that went out, and whence it may have come. */
export interface Passage {
  readonly text: string;
  readonly outs: Out[];
  /** First steps at which it was there: asked for by the user, known to the agent or to what is trusted, brought in by what is not. */
  asked: number;
  known: number;
  brought: number;
  /** What stood before it in each instruction that brought it in. */
  leads: readonly string[];
}

/** Where a passage went out. */
export interface Out {
  readonly sink: Sink;
  readonly how: readonly string[];
  /** The text that it stood in there, and where. */
  readonly plain: string;
  readonly at: number;
}

/** Later than any step, and a small integer, which costs no memory of its own. */
const NEVER = 2 ** 30 - 1;

const NONE: readonly string[] = [];

/** Most instructions with one passage that are kept. */
const MOST_LEADS = 4;

/** Who brings a text in. */
export type Bringer = 'asked' | 'known' | 'brought';

/** Passages of all that went out, to be met by texts in the order of their steps; the time is linear in those. */
export class TaintIndex {
  /** Tokens that say enough by themselves. */
  private readonly codes = new Map<string, Passage>();
  /** The same in pieces. */
  private readonly pieces = new Map<string, Passage>();
  /** Runs of words by length and number. */
  private readonly runs = new Map<number, Map<number, Passage>>();
  /** Passages that were brought in, in the order in which they were. */
  private readonly came: Passage[] = [];
  /** How the pieces begin. */
  private readonly heads = new Set<string>();
  private readonly run: number;
  /** Texts by the first steps at which they came in. */
  private readonly met = { asked: firsts(), known: firsts(), brought: firsts() };

  constructor(run: number) {
    this.run = run;
  }

  /** Adds what a text that went out says, in one of its readings. */
  addSink(sink: Sink, { plain, squeezed, how }: TextReading): void {
    const out = (at: number): Out => ({ sink, how, plain, at });
    for (const { token, at, end } of codesIn(plain)) {
      note(this.codes, token, plain.slice(at, end), out(at));
    }
    if (squeezed.length >= PIECE && squeezed.length <= LONGEST_CODE && /\d/.test(squeezed)) {
      note(this.codes, squeezed, plain, out(0));
      note(this.pieces, squeezed, plain, out(0));
      this.heads.add(squeezed.slice(0, PIECE));
    }
    const words = wordsIn(plain);
    const count = words.hashes.length;
    const isShort = count < this.run;
    if (isShort && (count < WHOLE_WORDS || squeezed.length < WHOLE_LETTERS)) return;
    const length = isShort ? count : this.run;
    const runs = this.runs.get(length) ?? new Map<number, Passage>();
    this.runs.set(length, runs);
    eachRun(words, length, (hash, at, end) => note(runs, hash, plain.slice(at, end), out(at)));
  }

  /** Meets the passages with a text as it stands that somebody brought in at a step; steps come in their order. */
  meet(text: string, step: number, by: Bringer): void {
    if (this.codes.size === 0 && this.runs.size === 0) return;
    const before = this.met[by].get(text);
    if (before === undefined) this.met[by].set(text, step);
    else if (before < step) return; // what it brings was there
    const plain = plainText(text);
    const meet = (passage: Passage | undefined, at: number, end: number) => {
      if (!passage) return;
      if (by === 'brought' && passage.brought === NEVER) this.came.push(passage);
      if (passage[by] > step) passage[by] = step;
      if (by !== 'brought' || passage.brought !== step || passage.leads.length >= MOST_LEADS)
        return;
      const lead = instructionBefore(plain, at, end);
      if (lead !== null) passage.leads = [...passage.leads, lead];
    };
    if (this.codes.size > 0) {
      for (const { token, at, end } of codesIn(plain)) {
        meet(this.codes.get(token) ?? this.split(token), at, end);
      }
    }
    if (this.runs.size === 0) return;
    const words = wordsIn(plain);
    for (const [length, runs] of this.runs) {
      eachRun(words, length, (hash, at, end) => {
        const passage = runs.get(hash);
        if (passage && isSame(passage.text, plain.slice(at, end))) meet(passage, at, end);
      });
    }
  }

  /** The passage of a token, if it went out. */
  of(token: string): Passage | undefined {
    return this.codes.get(token);
  }

  /** Every passage that was brought in. */
  brought(): readonly Passage[] {
    return this.came;
  }

  /** A token that went out in two pieces, as one passage. */
  private split(token: string): Passage | undefined {
    if (token.length < 2 * PIECE || !this.heads.has(token.slice(0, PIECE))) return undefined;
    for (let at = PIECE; at <= token.length - PIECE; at++) {
      const [head, tail] = [this.pieces.get(token.slice(0, at)), this.pieces.get(token.slice(at))];
      if (!head || !tail) continue;
      const outs = [...head.outs, ...tail.outs].map((out) => ({
        ...out,
        how: ['split', ...out.how],
      }));
      outs.sort((a, b) => a.sink.step - b.sink.step);
      const passage = { ...head, text: token, outs, leads: NONE };
      this.codes.set(token, passage);
      return passage;
    }
    return undefined;
  }
}

function firsts(): Map<string, number> {
  return new Map();
}

function note<Key>(into: Map<Key, Passage>, key: Key, text: string, out: Out): void {
  const known = into.get(key);
  if (known) {
    if (known.outs.at(-1)?.sink !== out.sink) known.outs.push(out);
    return;
  }
  into.set(key, { text, outs: [out], asked: NEVER, known: NEVER, brought: NEVER, leads: NONE });
}

/** Whether two runs of words are the same: their numbers are, and so are their letters. */
function isSame(a: string, b: string): boolean {
  return a === b || squeezed(a) === squeezed(b);
}
