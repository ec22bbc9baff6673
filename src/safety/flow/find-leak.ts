import { isAscii } from '../../match/squeezed.ts';
import { reversal } from './decoders.ts';
import { PIECE, type Pieces } from './pieces.ts';
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

/** Finds the first sink that holds a text, or those that hold it in pieces which together cover it; null where there are none. */
export function findLeak(
  wanted: Pieces,
  sinks: readonly Sink[],
  readings: (text: string) => Readings,
): Leak | null {
  const parts: Leak[] = [];
  const covered = new Uint8Array(wanted.forwards.length);
  let open = covered.length;
  for (const sink of sinks) {
    for (const reading of readings(sink.text).all) {
      const { how, plain } = reading;
      const isTurned = how.at(-1) === reversal.name;
      if (isTurned && isAscii(plain)) continue; // its reverse was read, which is the same backwards
      const read = reading.squeezed;
      if (wanted.next(read, 0) === null) continue;
      const passage = how.length === 0 ? plain : sink.text;
      if (read.includes(wanted.forwards)) return { sinks: [sink], how, passage };
      if (isTurned) continue;
      if (read.includes(wanted.backwards)) {
        return { sinks: [sink], how: [...how, reversal.name], passage };
      }
      const found = cover(covered, wanted, read);
      if (found === 0) continue;
      parts.push({ sinks: [sink], how, passage });
      open -= found;
      if (open === 0) return joined(parts);
    }
  }
  return null;
}

/** Marks what a reading holds of the text; gives how much of that is new. */
function cover(covered: Uint8Array, wanted: Pieces, read: string): number {
  let found = 0;
  for (let piece = wanted.next(read, 0); piece; piece = wanted.next(read, piece.at + 1)) {
    for (const start of piece.starts) {
      for (let mark = start; mark < start + PIECE; mark++) {
        if (covered[mark] === 0) found++;
        covered[mark] = 1;
      }
    }
  }
  return found;
}

function joined(parts: readonly Leak[]): Leak {
  const sinks = [...new Set(parts.flatMap((part) => part.sinks))];
  const passage = parts.map((part) => part.passage).join(' … ');
  return { sinks, how: ['split', ...new Set(parts.flatMap(({ how }) => how))], passage };
}
