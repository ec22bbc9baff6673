import { squeezed } from '../match/squeezed.ts';
import { reversal } from './decoders.ts';
import { plainText } from './plain-text.ts';
import type { Readings } from './readings.ts';
import type { Sink } from './sinks.ts';

/** How a text got out: whole, or in pieces. */
export interface Leak {
  /** The sinks that it went to, the first ones first; more than one where it was split. */
  readonly sinks: readonly Sink[];
  /** The encodings that hid it, the outermost first. */
  readonly how: readonly string[];
  /** The passage as it stood, encodings and all. */
  readonly passage: string;
}

/** Shortest piece of a text that counts as one, in letters and digits. */
const PIECE = 6;

/** A text to be looked for, ready to be compared. */
interface Wanted {
  readonly forwards: string;
  readonly backwards: string;
  /** Where the pieces of the least length stand in it, those that read backwards as well. */
  readonly pieces: ReadonlyMap<string, readonly number[]>;
  readonly covered: Uint8Array;
}

/** Finds the first sink that holds a text, or those that hold it in pieces which together cover it; null where there are none. */
export function findLeak(
  text: string,
  sinks: readonly Sink[],
  readings: (text: string) => Readings,
): Leak | null {
  const wanted = wantedOf(squeezed(plainText(text)));
  const parts: Leak[] = [];
  let open = wanted.forwards.length;
  for (const sink of sinks) {
    for (const { squeezed: read, how, plain } of readings(sink.text).all) {
      const passage = how.length === 0 ? plain : sink.text;
      if (read.includes(wanted.forwards)) return { sinks: [sink], how, passage };
      if (how.at(-1) === reversal.name) continue; // its reverse was read
      if (read.includes(wanted.backwards)) {
        return { sinks: [sink], how: [...how, reversal.name], passage };
      }
      const found = cover(wanted, read);
      if (found === 0) continue;
      parts.push({ sinks: [sink], how, passage });
      open -= found;
      if (open === 0) return joined(parts);
    }
  }
  return null;
}

function wantedOf(forwards: string): Wanted {
  const backwards = [...forwards].reverse().join('');
  const pieces = new Map<string, number[]>();
  const note = (piece: string, at: number) => {
    const known = pieces.get(piece);
    if (known) known.push(at);
    else pieces.set(piece, [at]);
  };
  for (let at = 0; at + PIECE <= forwards.length; at++) {
    note(forwards.slice(at, at + PIECE), at);
    note(backwards.slice(at, at + PIECE), forwards.length - at - PIECE);
  }
  return { forwards, backwards, pieces, covered: new Uint8Array(forwards.length) };
}

/** Marks what a reading holds of the text; gives how much of that is new. */
function cover({ pieces, covered }: Wanted, read: string): number {
  let found = 0;
  for (let at = 0; at + PIECE <= read.length; at++) {
    for (const start of pieces.get(read.slice(at, at + PIECE)) ?? NONE) {
      for (let mark = start; mark < start + PIECE; mark++) {
        if (covered[mark] === 0) found++;
        covered[mark] = 1;
      }
    }
  }
  return found;
}

const NONE: readonly number[] = [];

function joined(parts: readonly Leak[]): Leak {
  const sinks = [...new Set(parts.flatMap((part) => part.sinks))];
  const passage = parts.map((part) => part.passage).join(' … ');
  return { sinks, how: ['split', ...new Set(parts.flatMap(({ how }) => how))], passage };
}
