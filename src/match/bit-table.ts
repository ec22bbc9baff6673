/** Rows of bits: which columns belong to each row. */
export interface BitTable {
  readonly rows: number;
  readonly columns: number;
  /** Words of 32 columns that make up a row. */
  readonly words: number;
  readonly bits: Int32Array;
}

/** Makes a table without any bit set. */
export function bitTable(rows: number, columns: number): BitTable {
  const words = (columns + 31) >>> 5;
  return { rows, columns, words, bits: new Int32Array(rows * words) };
}

/** Sets a bit. */
export function setBit({ words, bits }: BitTable, row: number, column: number): void {
  const at = row * words + (column >>> 5);
  bits[at] = (bits[at] as number) | (1 << (column & 31)); // row < rows, column < columns
}

/** Clears a bit. */
export function clearBit({ words, bits }: BitTable, row: number, column: number): void {
  const at = row * words + (column >>> 5);
  bits[at] = (bits[at] as number) & ~(1 << (column & 31)); // row < rows, column < columns
}

/** Tells whether a bit is set. */
export function hasBit({ words, bits }: BitTable, row: number, column: number): boolean {
  return ((bits[row * words + (column >>> 5)] as number) & (1 << (column & 31))) !== 0; // in range
}

/** Column of the lowest bit of a word that is not 0. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}

/** First column, from one on, at which a row has a bit; −1 where there is none. */
export function nextBit({ words, bits, columns }: BitTable, row: number, from: number): number {
  if (from >= columns) return -1;
  const start = row * words;
  let word = from >>> 5;
  let left = (bits[start + word] as number) & (-1 << (from & 31)); // from < columns
  while (left === 0) {
    if (++word >= words) return -1;
    left = bits[start + word] as number; // word < words
  }
  return word * 32 + lowestBit(left);
}

/** How many bits of a row are set. */
export function countBits({ words, bits }: BitTable, row: number): number {
  let count = 0;
  for (let word = row * words; word < (row + 1) * words; word++) {
    for (let left = bits[word] as number; left !== 0; left &= left - 1) count++; // in range
  }
  return count;
}

/** Turns rows into columns. */
export function transposed(table: BitTable): BitTable {
  const turned = bitTable(table.columns, table.rows);
  for (let row = 0; row < table.rows; row++) {
    for (let at = nextBit(table, row, 0); at !== -1; at = nextBit(table, row, at + 1)) {
      setBit(turned, at, row);
    }
  }
  return turned;
}
