import type { VerdictChange } from '../model/task-change.ts';
import type { Verdict } from '../model/verdict.ts';
import type { PairedRow } from './compared-rows.ts';
import type { ReadSide } from './read-side.ts';

/** Verdicts of a task that are told. */
const MOST_PATHS = 50;

/** The verdicts of a row that one run gives otherwise than the other: by share of trials, or by mean score. Reads its trials again. Throws `store_fault` or `input_fault`. */
export function verdictChanges(base: ReadSide, head: ReadSide, row: PairedRow): VerdictChange[] {
  const [before, after] = [countsOf(base, row.base), countsOf(head, row.head)];
  if (row.edited !== true) {
    fillBaseline(base, row.base, before, after);
    fillBaseline(head, row.head, after, before);
  }
  const changes: VerdictChange[] = [];
  for (const path of new Set([...after.keys(), ...before.keys()])) {
    const [was, is] = [before.get(path), after.get(path)];
    const one = is ?? was;
    if (!one || (was && is && isAlike(was, is))) continue;
    const { kind, required } = one;
    changes.push({ path, kind, required, base: shownOf(was), head: shownOf(is) });
    if (changes.length === MOST_PATHS) break;
  }
  return changes;
}

interface Counts extends Pick<Verdict, 'kind' | 'required'> {
  passed: number;
  failed: number;
  errored: number;
  scores: number;
  scored: number;
}

function countsOf({ side, trials }: ReadSide, at: number): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  for (let index = 0; index < trials.count(at); index++) {
    const { verdicts } = side.trialAt(trials.place(trials.trialOf(at, index)));
    for (const { path, kind, required, status, score } of verdicts) {
      const known = counts.get(path) ?? { kind, required, ...NONE };
      counts.set(path, known);
      known[status === 'pass' ? 'passed' : status === 'fail' ? 'failed' : 'errored']++;
      if (typeof score !== 'number') continue;
      known.scores += score;
      known.scored++;
    }
  }
  return counts;
}

const NONE = { passed: 0, failed: 0, errored: 0, scores: 0, scored: 0 };

/** A baseline leaves out rules that passed: what is not there passed, with a score that is not known. */
function fillBaseline(
  { side, trials }: ReadSide,
  at: number,
  counts: Map<string, Counts>,
  others: ReadonlyMap<string, Counts>,
): void {
  if (side.facts.source !== 'baseline') return;
  const { pass, fail } = trials.ends(at);
  for (const [path, { kind, required }] of [...others, ...counts]) {
    if (kind !== 'rule') continue;
    const known = counts.get(path) ?? { kind, required, ...NONE };
    const left = pass + fail - known.passed - known.failed - known.errored;
    if (left > 0) counts.set(path, { ...known, passed: known.passed + left, scored: 0 });
  }
}

function isAlike(one: Counts, other: Counts): boolean {
  const [first, second] = [totalOf(one), totalOf(other)];
  const same = (key: 'passed' | 'failed') => one[key] * second === other[key] * first;
  if (!same('passed') || !same('failed')) return false;
  if (one.scored === 0 || other.scored === 0) return true;
  return Math.abs(one.scores / one.scored - other.scores / other.scored) < 1e-9;
}

function totalOf({ passed, failed, errored }: Counts): number {
  return passed + failed + errored;
}

function shownOf(counts: Counts | undefined): VerdictChange['base'] {
  if (!counts) return null;
  const { passed, failed, errored, scores, scored } = counts;
  return { passed, failed, errored, score: scored === 0 ? null : scores / scored };
}
