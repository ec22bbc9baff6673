// Runs of several agents on the same tasks, compared two by two: the figures of `agentops diff` beside the published ones.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { agentops, linesOf } from './agentops.mjs';
import { namesIn } from './tau-bench.mjs';

/** @typedef {{ task: string, base: Side | null, head: Side | null }} Change */
/** @typedef {{ status: string, trials: number, passed: number }} Side */
/** @typedef {{ key: string, k?: number, base: number, head: number }} Figure */

/**
 * Compares every set of trials with the first that has the same tasks and trials, of those that were evaluated into `work`.
 * @param {string} folder
 * @param {string} work
 * @returns {Iterable<import('./corpora.mjs').Result>}
 */
export function* versions(folder, work) {
  const file = path.join(folder, 'expected.json');
  const expected = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  /** @type {Map<string, string>} */
  const first = new Map();
  for (const name of namesIn(folder)) {
    const verdicts = linesOf(path.join(folder, `${name}.verdicts.jsonl`));
    const trials = verdicts.map(({ task_id, trial }) => `${task_id}#${trial}`).sort();
    if (!trials.some((trial) => !trial.endsWith('#0'))) continue; // of single trials there is no pass^2
    const base = first.get(trials.join());
    if (base === undefined) first.set(trials.join(), name);
    else yield compared({ folder, work, base, head: name, expected });
  }
}

/**
 * @param {{ folder: string, work: string, base: string, head: string, expected: Record<string, Record<string, number>> }} pair
 * @returns {import('./corpora.mjs').Result}
 */
function compared({ folder, work, base, head, expected }) {
  const sides = [runOf(work, base), runOf(work, head)];
  const args = ['diff', ...sides, '--reporter', 'json'];
  const { figures, tasks } = JSON.parse(agentops(work, args, [0]).stdout);
  return {
    set: `${head} against ${base}`,
    question: 'tasks of a comparison',
    answers: [...answersOf(folder, base, tasks, 'base'), ...answersOf(folder, head, tasks, 'head')],
    bar: { agreed: 1, of: 1 },
    figures: [
      ...figuresOf(expected[base] ?? {}, figures, 'base'),
      ...figuresOf(expected[head] ?? {}, figures, 'head'),
    ],
  };
}

/**
 * A run of the suite that was imported, apart from those with further rules.
 * @param {string} work
 * @param {string} name
 */
function runOf(work, name) {
  const runs = path.join(work, 'versions', name);
  const args = ['eval', 'corpus.suite.yaml', '--quiet', '--out', runs];
  if (!existsSync(runs)) agentops(path.join(work, name), args, [0, 1, 3]);
  return runs;
}

/**
 * Whether all trials of a task passed, as the comparison has it and as it was published.
 * @param {string} folder
 * @param {string} name
 * @param {readonly Change[]} tasks
 * @param {'base' | 'head'} side
 */
function answersOf(folder, name, tasks, side) {
  const verdicts = linesOf(path.join(folder, `${name}.verdicts.jsonl`));
  const ours = new Map(tasks.map((change) => [change.task, change[side]]));
  return [...new Set(verdicts.map(({ task_id }) => String(task_id)))].map((task) => {
    const trials = verdicts.filter(({ task_id }) => String(task_id) === task);
    const found = ours.get(task);
    return {
      key: `${side} ${task}`,
      ours: found ? (found.passed === found.trials ? 'pass' : 'fail') : 'absent',
      theirs: trials.every(({ pass }) => pass) ? 'pass' : 'fail',
    };
  });
}

/**
 * Published figures such as `pass^2` beside those of one side of a comparison.
 * @param {Record<string, number>} published
 * @param {readonly Figure[]} figures
 * @param {'base' | 'head'} side
 */
function figuresOf(published, figures, side) {
  return Object.entries(published).flatMap(([name, theirs]) => {
    const k = Number(/^pass\^(\d+)$/.exec(name)?.[1] ?? 0);
    if (k === 0) return [];
    const ours = figures.find((one) =>
      k === 1 ? one.key === 'pass_rate' : one.key === 'pass_hat_k' && one.k === k,
    );
    const value = ours === undefined ? Number.NaN : ours[side];
    return { figure: `${side} ${name}`, ours: value, theirs, digits: 6, isHeld: true };
  });
}
