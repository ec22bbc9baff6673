/**
 * A figure and the bound that it is held to.
 * @typedef {{ figure: string, value: number, bound: number, sense: 'most' | 'least' }} Bar
 */

/**
 * One line of the table; what is not there was not measured.
 * @typedef {object} Row
 * @property {string} name
 * @property {number} [median] seconds
 * @property {number} [fastest] seconds
 * @property {number} [cpu] seconds of the processor
 * @property {number} [mebibytes]
 * @property {string} [figure] what else was measured, in words
 * @property {readonly Bar[]} [bars]
 */

const head = ['', 'median s', 'fastest s', 'cpu s', 'MiB', 'held to', ''];

/**
 * Whether a figure keeps to its bound.
 * @param {Bar} bar
 */
export function holds({ value, bound, sense }) {
  return sense === 'most' ? value <= bound : value >= bound;
}

/**
 * The table as text, one line for each row and each further bar of a row.
 * @param {readonly Row[]} rows
 */
export function tableOf(rows) {
  const lines = [head, ...rows.flatMap(linesOf)];
  const widths = head.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => pad(cell, widths[at] ?? 0, at))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** @param {Row} row */
function linesOf(row) {
  const cells = [
    row.name,
    ...[row.median, row.fastest, row.cpu].map(seconds),
    whole(row.mebibytes),
  ];
  const bars = (row.bars ?? []).map(barCells);
  const [first = [row.figure ?? '', ''], ...more] = bars;
  return [[...cells, ...first], ...more.map((bar) => ['', '', '', '', '', ...bar])];
}

/** @param {Bar} bar */
function barCells(bar) {
  const sign = bar.sense === 'most' ? '≤' : '≥';
  const figure = `${short(bar.value)} ${bar.figure} (${sign} ${short(bar.bound)})`;
  return [figure, holds(bar) ? 'kept' : 'MISSED'];
}

/** @param {number | undefined} value */
function seconds(value) {
  return value === undefined ? '' : value.toFixed(3);
}

/** @param {number | undefined} value */
function whole(value) {
  return value === undefined ? '' : value.toFixed(0);
}

/** @param {number} value */
function short(value) {
  return value >= 1000
    ? Math.round(value).toLocaleString('en')
    : String(Number(value.toPrecision(3)));
}

/**
 * Texts stand on the left, figures on the right of their column.
 * @param {string} cell
 * @param {number} width
 * @param {number} column
 */
function pad(cell, width, column) {
  return column === 0 || column > 4 ? cell.padEnd(width) : cell.padStart(width);
}
