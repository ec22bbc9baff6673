import { type Columns, worthOf } from './align-score.ts';

const PAIR = 0;
const SKIP_BASE = 1;
const SKIP_HEAD = 2;

/** Pairs units so that no other way that keeps their order is worth more, the earliest among equals: for each of base its partner in head, −1 for none. */
export function alignBest(base: Columns, head: Columns): Int32Array {
  const partner = new Int32Array(base.length).fill(-1);
  if (base.length === 0 || head.length === 0) return partner;
  const moves = movesOf(base, head);
  let i = 0;
  let j = 0;
  while (i < base.length && j < head.length) {
    const move = moves[i * head.length + j];
    if (move === PAIR) partner[i++] = j++;
    else if (move === SKIP_BASE) i++;
    else j++;
  }
  return partner;
}

/** The best move at each place, by the worth of all that follows. */
function movesOf(base: Columns, head: Columns): Uint8Array {
  const width = head.length;
  const moves = new Uint8Array(base.length * width);
  let below = new Float64Array(width + 1);
  let row = new Float64Array(width + 1);
  for (let i = base.length - 1; i >= 0; i--) {
    for (let j = width - 1; j >= 0; j--) {
      const worth = worthOf(base, i, head, j);
      const paired = worth === 0 ? -1 : worth + (below[j + 1] as number); // j + 1 ≤ width
      const skipBase = below[j] as number; // j < width
      const skipHead = row[j + 1] as number; // j + 1 ≤ width
      const best = Math.max(paired, skipBase, skipHead);
      row[j] = best;
      moves[i * width + j] = paired === best ? PAIR : skipBase === best ? SKIP_BASE : SKIP_HEAD;
    }
    [below, row] = [row, below];
  }
  return moves;
}
