import { codesIn } from './codes-in.ts';
import { isInstruction } from './is-instruction.ts';
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
  readonly outs: { readonly sink: Sink; readonly how: readonly string[] }[];
  /** First steps at which it was there: asked for by the user, known to the agent or to what is trusted, brought in by what is not. */
  asked: number;
  known: number;
  brought: number;
  /** Where it was brought in, it stood in an instruction. */
  instructed: boolean;
}

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
    const out = { sink, how };
    for (const { token, at, end } of codesIn(plain)) this.note(token, plain.slice(at, end), out);
    if (squeezed.length >= PIECE && squeezed.length <= 64 && /\d/.test(squeezed)) {
      this.note(squeezed, plain, out);
      this.note(squeezed, plain, out, this.pieces);
    }
    const words = wordsOf(plain);
    const whole = words.length < this.run;
    if (whole && (words.length < WHOLE_WORDS || squeezed.length < WHOLE_LETTERS)) return;
    const length = whole ? words.length : this.run;
    this.lengths.add(length);
    for (const { token, at, end } of wordRuns(words, length))
      this.note(token, plain.slice(at, end), out);
  }

  /** Meets the passages with a text that somebody brought in at a step; steps come in their order. */
  meet(text: string, step: number, by: Bringer): void {
    const { text: plain, words } = this.wordsIn(text);
    const meet = (passage: Passage | undefined, at: number, end: number) => {
      if (!passage) return;
      if (passage[by] > step) passage[by] = step;
      if (by !== 'brought' || passage.brought !== step || passage.instructed) return;
      passage.instructed = isInstruction(plain, at, end);
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
    out: Passage['outs'][number],
    into: Map<string, Passage> = this.passages,
  ): void {
    const passage = into.get(token) ?? {
      text,
      outs: [],
      asked: Number.POSITIVE_INFINITY,
      known: Number.POSITIVE_INFINITY,
      brought: Number.POSITIVE_INFINITY,
      instructed: false,
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
      const outs = [...head.outs, ...tail.outs].map(({ sink, how }) => ({
        sink,
        how: ['split', ...how],
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
