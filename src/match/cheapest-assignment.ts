/** Assigns each row a column of its own at the least total cost (Hungarian method with potentials, O(rows² × columns)); rows ≤ columns. Gives the column of each row. */
export function cheapestAssignment(
  rows: number,
  columns: number,
  cost: (row: number, column: number) => number,
): Int32Array {
  const rowOf = new Int32Array(columns + 1); // 1-based; 0 is free, column 0 is virtual
  const rowPrice = new Float64Array(rows + 1);
  const columnPrice = new Float64Array(columns + 1);
  for (let row = 1; row <= rows; row++) {
    assignRow(row, { rowOf, rowPrice, columnPrice, cost });
  }
  const columnOf = new Int32Array(rows).fill(-1);
  for (let column = 1; column <= columns; column++) {
    const row = rowOf[column] ?? 0;
    if (row > 0) columnOf[row - 1] = column - 1;
  }
  return columnOf;
}

interface Prices {
  rowOf: Int32Array;
  rowPrice: Float64Array;
  columnPrice: Float64Array;
  cost(row: number, column: number): number;
}

/** Adds one row along a cheapest augmenting path. */
function assignRow(row: number, prices: Prices): void {
  const { rowOf, rowPrice, columnPrice, cost } = prices;
  const size = rowOf.length;
  const least = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const way = new Int32Array(size);
  const done = new Uint8Array(size);
  rowOf[0] = row;
  let column = 0;
  do {
    done[column] = 1;
    const at = rowOf[column] as number; // column < size
    let delta = Number.POSITIVE_INFINITY;
    let next = 0;
    for (let other = 1; other < size; other++) {
      if (done[other]) continue;
      const reduced =
        cost(at - 1, other - 1) - (rowPrice[at] as number) - (columnPrice[other] as number); // in range
      if (reduced < (least[other] as number)) {
        least[other] = reduced;
        way[other] = column;
      }
      if ((least[other] as number) < delta) {
        delta = least[other] as number;
        next = other;
      }
    }
    for (let other = 0; other < size; other++) {
      if (done[other]) {
        const owner = rowOf[other] as number;
        rowPrice[owner] = (rowPrice[owner] as number) + delta;
        columnPrice[other] = (columnPrice[other] as number) - delta;
      } else least[other] = (least[other] as number) - delta;
    }
    column = next;
  } while (rowOf[column] !== 0);
  while (column !== 0) {
    const before = way[column] as number;
    rowOf[column] = rowOf[before] as number;
    column = before;
  }
}
