import { codesIn } from '../match/codes-in.ts';
import { instructionBefore } from './instruction-before.ts';
import { plainText } from './plain-text.ts';
import type { TextReading } from './readings.ts';
import type { Sink } from './sinks.ts';
import { wordRuns, wordsOf } from './word-runs.ts';

/** Fewest words, and letters, of a whole argument that is looked for as such. */
const WHOLE_WORDS = 3;
const WHOLE_LETTERS = 12;
/** Letters and digits of the pieces of a token that was split in two. */
const PIECE = 6;

/** A passage that went out, and whence it may have come. */
export interface Passage {
  readonly text: string;
  readonly outs: Out[];
  /** First steps at which it was there: asked for by the user, known to the agent or to what is trusted, brought in by what is not. */
  asked: number;
  known: number;
  brought: number;
  /** What stood before it in each instruction that brought it in. */
  readonly leads: string[];
}

/** Where a passage went out. */
export interface Out {
  readonly sink: Sink;
  readonly how: readonly string[];
  /** The text that it stood in there, and where. */
  readonly plain: string;
  readonly at: number;
}

/** Most instructions with one passage that are kept. */
const MOST_LEADS = 4;

/** Who brings a text in. */
export type Bringer = 'asked' | 'known' | 'brought';

/** Passages of all that went out, to be met by texts in the order of their steps; the time is linear in those. */
export class TaintIndex {
  private readonly passages = new Map<string, Passage>();
  /** Lengths, in words, of the runs that are looked for. */
  private readonly lengths = new Set<number>();
  private readonly pieces = new Map<string, Passage>();
  private readonly read = new Map<string, { text: string; words: ReturnType<typeof wordsOf> }>();
  private readonly run: number;

  constructor(run: number) {
    this.run = run;
  }

  /** Adds what a text that went out says, in one of its readings. */
  addSink(sink: Sink, { plain, squeezed, how }: TextReading): void {
    const out = (at: number): Out => ({ sink, how, plain, at });
    for (const { token, at, end } of codesIn(plain))
      this.note(token, plain.slice(at, end), out(at));
    if (squeezed.length >= PIECE && squeezed.length <= 64 && /\d/.test(squeezed)) {
      this.note(squeezed, plain, out(0));
      this.note(squeezed, plain, out(0), this.pieces);
    }
    const words = wordsOf(plain);
    const whole = words.length < this.run;
    if (whole && (words.length < WHOLE_WORDS || squeezed.length < WHOLE_LETTERS)) return;
    const length = whole ? words.length : this.run;
    this.lengths.add(length);
    for (const { token, at, end } of wordRuns(words, length)) {
      this.note(token, plain.slice(at, end), out(at));
    }
  }

  /** Meets the passages with a text that somebody brought in at a step; steps come in their order. */
  meet(text: string, step: number, by: Bringer): void {
    const { text: plain, words } = this.wordsIn(text);
    const meet = (passage: Passage | undefined, at: number, end: number) => {
      if (!passage) return;
      if (passage[by] > step) passage[by] = step;
      if (by !== 'brought' || passage.brought !== step || passage.leads.length >= MOST_LEADS)
        return;
      const lead = instructionBefore(plain, at, end);
      if (lead !== null) passage.leads.push(lead);
    };
    for (const { token, at, end } of codesIn(plain)) {
      meet(this.passages.get(token) ?? this.split(token), at, end);
    }
    for (const length of this.lengths) {
      if (words.length < length) continue;
      for (const { token, at, end } of wordRuns(words, length))
        meet(this.passages.get(token), at, end);
    }
  }

  /** The passage of a token, if it went out. */
  of(token: string): Passage | undefined {
    return this.passages.get(token);
  }

  all(): Iterable<Passage> {
    return this.passages.values();
  }

  private wordsIn(text: string) {
    const known = this.read.get(text);
    if (known) return known;
    const plain = plainText(text);
    const made = { text: plain, words: wordsOf(plain) };
    if (text.length < 2000) this.read.set(text, made);
    return made;
  }

  private note(
    token: string,
    text: string,
    out: Out,
    into: Map<string, Passage> = this.passages,
  ): void {
    const passage = into.get(token) ?? {
      text,
      outs: [],
      asked: Number.POSITIVE_INFINITY,
      known: Number.POSITIVE_INFINITY,
      brought: Number.POSITIVE_INFINITY,
      leads: [],
    };
    into.set(token, passage);
    if (passage.outs.at(-1)?.sink !== out.sink) passage.outs.push(out);
  }

  /** A token that went out in two pieces, as one passage. */
  private split(token: string): Passage | undefined {
    if (token.length < 2 * PIECE) return undefined;
    for (let at = PIECE; at <= token.length - PIECE; at++) {
      const [head, tail] = [this.pieces.get(token.slice(0, at)), this.pieces.get(token.slice(at))];
      if (!head || !tail) continue;
      const outs = [...head.outs, ...tail.outs].map((out) => ({
        ...out,
        how: ['split', ...out.how],
      }));
      const passage = {
        ...head,
        text: token,
        outs: outs.sort((a, b) => a.sink.step - b.sink.step),
      };
      this.passages.set(token, passage);
      return passage;
    }
    return undefined;
  }
}
