// What is told of the comparisons: a table, the disagreements with their causes, and what is asked for.
import { alarmChecks, alarmLines, pooled } from './alarm-report.mjs';
import { causeOf } from './causes.mjs';
import { compare } from './compare.mjs';
import { printable } from './printable.mjs';

/**
 * @typedef {import('./corpora.mjs').Result & { corpus: string }} Judged
 * @typedef {{ name: string, wanted: string, found: string, holds: boolean }} Check
 * @typedef {ReadonlyMap<string, string>} Causes
 */

/**
 * Holds the results against what is asked for.
 * @param {readonly Judged[]} judged
 * @param {Causes} [causes]
 * @returns {Check[]}
 */
export function checksOf(judged, causes = new Map()) {
  return [...agreementChecks(judged), ...figureChecks(judged), ...alarmChecks(judged, causes)];
}

/** @param {readonly Judged[]} judged */
function agreementChecks(judged) {
  /** @type {Map<string, { bar: import('./corpora.mjs').Bar, answers: import('./compare.mjs').Answer[] }>} */
  const pools = new Map();
  for (const { corpus, set, question, bar, answers } of judged) {
    if (!bar) continue;
    const name = bar.pool ?? `${corpus} ${set}, ${question}`;
    const pool = pools.get(name) ?? { bar, answers: [] };
    pool.answers.push(...answers);
    pools.set(name, pool);
  }
  return [...pools].map(([name, { bar, answers }]) => {
    const { n, agreed } = compare(answers);
    // Of fewer cases, a fraction of a disagreement is allowed as a whole one
    const allowed = Math.ceil((n * (bar.of - bar.agreed)) / bar.of);
    return {
      name,
      wanted: `≥ ${n - allowed}/${n}`,
      found: `${agreed}/${n}`,
      holds: n - agreed <= allowed,
    };
  });
}

/** @param {readonly Judged[]} judged */
function figureChecks(judged) {
  return judged.flatMap(({ corpus, set, figures = [] }) =>
    figures
      .filter(({ isHeld }) => isHeld)
      .map(({ figure, ours, theirs, digits }) => ({
        name: `${corpus} ${set}, ${figure}`,
        wanted: String(theirs),
        found: ours.toFixed(digits),
        holds: ours.toFixed(digits) === theirs.toFixed(digits),
      })),
  );
}

/**
 * The report for people.
 * @param {readonly Judged[]} judged
 * @param {readonly Check[]} checks
 * @param {Causes} causes
 */
export function textOf(judged, checks, causes) {
  const head = ['corpus', 'set', 'question', 'n', 'agreed', '%', 'kappa', 'theirs → ours'];
  const rows = judged.map(({ corpus, set, question, answers }) => {
    const { n, agreed, kappa, confusion } = compare(answers);
    const share = n === 0 ? '' : ((100 * agreed) / n).toFixed(1);
    return [
      corpus,
      set,
      question,
      String(n),
      String(agreed),
      share,
      kappa?.toFixed(3) ?? '–',
      cellsOf(confusion),
    ];
  });
  return [
    tableOf([head, ...rows]),
    ...section('Published figures', figureLines(judged)),
    ...section('False alarms', alarmLines(judged, causes)),
    ...section(
      'Not imported',
      judged.flatMap(({ corpus, set, faults }) => (faults ? [`${corpus} ${set}: ${faults}`] : [])),
    ),
    ...section('Disagreements', disagreementLines(judged, causes)),
    ...section(
      'Asked for',
      checks.map(
        ({ name, wanted, found, holds }) =>
          `${holds ? 'kept  ' : 'MISSED'} ${name}: ${found}, wanted ${wanted}`,
      ),
    ),
  ].join('\n');
}

/** @param {Record<string, Record<string, number>>} confusion */
function cellsOf(confusion) {
  return Object.entries(confusion)
    .flatMap(([theirs, row]) => Object.entries(row).map(([ours, n]) => `${theirs} → ${ours} ${n}`))
    .join(', ');
}

/** @param {readonly Judged[]} judged */
function figureLines(judged) {
  return judged.flatMap(({ corpus, set, figures = [] }) =>
    figures.map(
      ({ figure, ours, theirs, digits }) =>
        `${corpus} ${set}, ${figure}: ${ours.toFixed(digits)}, published ${theirs.toFixed(digits)}`,
    ),
  );
}

/**
 * @param {readonly Judged[]} judged
 * @param {Causes} causes
 */
function disagreementLines(judged, causes) {
  return judged.flatMap(({ corpus, set, question, answers }) =>
    compare(answers).disagreements.map(({ key, ours, theirs, note }) => {
      const cause =
        causeOf(causes, corpus, set, key) ?? (note ? `they say ${note}` : 'not looked into');
      return `${corpus} ${set}, ${question}, ${printable(key)}: theirs ${theirs}, ours ${ours}: ${printable(cause)}`;
    }),
  );
}

/**
 * @param {string} title
 * @param {readonly string[]} lines
 */
function section(title, lines) {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines];
}

/** @param {readonly string[][]} rows */
function tableOf(rows) {
  const widths =
    rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * The report for programs.
 * @param {readonly Judged[]} judged
 * @param {readonly Check[]} checks
 * @param {Causes} causes
 */
export function jsonOf(judged, checks, causes) {
  return {
    schema_version: 1,
    ok: checks.every(({ holds }) => holds),
    results: judged.map(({ corpus, set, question, answers, faults, figures = [] }) => {
      const { n, agreed, confusion, kappa, disagreements } = compare(answers);
      return {
        corpus,
        set,
        question,
        n,
        agreed,
        agreement: n === 0 ? null : agreed / n,
        kappa,
        confusion,
        disagreements: disagreements.map((one) => ({
          ...one,
          cause: causeOf(causes, corpus, set, one.key),
        })),
        figures: figures.map(({ figure, ours, theirs }) => ({ figure, ours, theirs })),
        faults: faults || null,
      };
    }),
    alarms: pooled(judged, causes),
    checks,
  };
}
