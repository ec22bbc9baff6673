// What is told of safety rules that fire: how often, which of it is right, and what is asked for.
import { causeOf } from './causes.mjs';
import { printable } from './printable.mjs';

/**
 * @typedef {import('./alarms.mjs').Alarm} Alarm
 * @typedef {{ corpus: string, set: string, alarms?: Alarm[] }} Judged
 * @typedef {{ case: string, cause: string | null, isRight: boolean }} Case
 * @typedef {Omit<Alarm, 'fired' | 'undecided'> & { corpus: string, fired: Case[], undecided: Case[] }} Pool
 */

/**
 * Alarms of all sets of a corpus together, each case with what was found when it was looked into.
 * @param {readonly Judged[]} judged
 * @param {ReadonlyMap<string, string>} causes
 * @returns {Pool[]}
 */
export function pooled(judged, causes) {
  /** @type {Map<string, Pool>} */
  const pools = new Map();
  for (const { corpus, set, alarms = [] } of judged) {
    for (const alarm of alarms) {
      const name = JSON.stringify([corpus, alarm.rule, alarm.on]);
      const pool = pools.get(name) ?? { ...alarm, corpus, n: 0, fired: [], undecided: [] };
      pools.set(name, pool);
      const caseOf = (/** @type {string} */ key) => {
        const cause = causeOf(causes, corpus, set, `${key} ${alarm.rule}`);
        return { case: `${set} ${key}`, cause, isRight: cause?.startsWith('Right: ') === true };
      };
      pool.n += alarm.n;
      pool.fired.push(...alarm.fired.map(caseOf));
      pool.undecided.push(...alarm.undecided.map(caseOf));
      if (alarm.fault !== undefined) pool.fault = alarm.fault;
    }
  }
  return [...pools.values()];
}

/**
 * Cases in which a rule fires, or cannot decide, without anything being wrong, as far as is known.
 * @param {Pool} pool
 */
function falseAlarms({ fired, undecided }) {
  return [...fired, ...undecided].filter(({ isRight }) => !isRight);
}

/**
 * Holds false alarms against the share that is allowed.
 * @param {readonly Judged[]} judged
 * @param {ReadonlyMap<string, string>} causes
 */
export function alarmChecks(judged, causes) {
  return pooled(judged, causes).flatMap((pool) => {
    const { corpus, rule, on, n, most, fault } = pool;
    if (most === null) return [];
    const wrong = falseAlarms(pool).length;
    const found = fault === undefined ? `${wrong}/${n}, ${percent(wrong, n)}` : 'not judged';
    const holds = fault === undefined && n > 0 && wrong <= most * n;
    return [{ name: `${corpus}, ${rule} on ${on}`, wanted: `≤ ${100 * most} %`, found, holds }];
  });
}

/**
 * A line for each rule, then one for each case that is held to a share.
 * @param {readonly Judged[]} judged
 * @param {ReadonlyMap<string, string>} causes
 */
export function alarmLines(judged, causes) {
  const pools = pooled(judged, causes);
  const cases = pools.flatMap(({ corpus, rule, on, most, fired, undecided }) =>
    most === null
      ? []
      : [...fired, ...undecided].map(
          (one) =>
            `  ${corpus} ${printable(one.case)}, ${rule} on ${on}: ${printable(one.cause ?? 'not looked into')}`,
        ),
  );
  return [...pools.map(totalOf), ...cases];
}

/** @param {Pool} pool */
function totalOf(pool) {
  const { corpus, rule, on, n, most, fired, undecided, fault } = pool;
  const name = `${corpus}, ${rule} on ${on}`;
  if (fault !== undefined) return `${name}: not judged: ${printable(fault)}`;
  const open = undecided.length > 0 ? `, ${undecided.length} undecided` : '';
  const found = `fires on ${fired.length}/${n}, ${percent(fired.length, n)}${open}`;
  if (most === null) return `${name}: ${found}`;
  const wrong = falseAlarms(pool).length;
  return `${name}: ${found}; false ${wrong}/${n}, ${percent(wrong, n)} (≤ ${100 * most} %)`;
}

/**
 * @param {number} part
 * @param {number} whole
 */
function percent(part, whole) {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`;
}
