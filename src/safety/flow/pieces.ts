/** Shortest piece of a text that counts as one, in letters and digits. */
export const PIECE = 6;

/** A text to be looked for, of one piece at least, ready to be compared with others. */
export interface Pieces {
  readonly forwards: string;
  readonly backwards: string;
  /** Finds the next piece of the least length in a reading, as it stands or backwards, and where it stands in the text; null where there is none. */
  next(read: string, from: number): Piece | null;
}

interface Piece {
  readonly at: number;
  readonly starts: readonly number[];
}

/** Makes letters and digits of a text ready. Throws `RangeError` where it is shorter than a piece. */
export function piecesOf(forwards: string): Pieces {
  if (forwards.length < PIECE) throw new RangeError('Cannot look for a text shorter than a piece');
  const backwards = [...forwards].reverse().join('');
  const starts = new Map<string, number[]>();
  const note = (piece: string, at: number) => {
    const known = starts.get(piece);
    if (known) known.push(at);
    else starts.set(piece, [at]);
  };
  for (let at = 0; at + PIECE <= forwards.length; at++) {
    note(forwards.slice(at, at + PIECE), at);
    note(backwards.slice(at, at + PIECE), forwards.length - at - PIECE);
  }
  const mayHold = pairsIn(forwards, backwards);
  const next = (read: string, from: number): Piece | null => {
    for (let at = from; at + PIECE <= read.length; ) {
      if (mayHold[pairAt(read, at + 4)] === 0) at += 5;
      else if (mayHold[pairAt(read, at + 2)] === 0) at += 3;
      else {
        const found = starts.get(read.slice(at, at + PIECE));
        if (found) return { at, starts: found };
        at++;
      }
    }
    return null;
  };
  return { forwards, backwards, next };
}

/** Marks every two characters that stand side by side: a piece that holds others is none of the text. */
function pairsIn(...texts: readonly string[]): Uint8Array {
  const marks = new Uint8Array(2048);
  for (const text of texts) {
    for (let at = 0; at + 1 < text.length; at++) marks[pairAt(text, at)] = 1;
  }
  return marks;
}

/** A number below 2048 for two characters, which few others have. */
function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) * 37 + text.charCodeAt(at + 1)) & 2047;
}
