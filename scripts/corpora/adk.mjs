// Eval sets of Google ADK: they pass on the conversations that they hold, and on the traces that they belong to.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { agentops, evaluate, importAndEvaluate } from './agentops.mjs';

/** @typedef {import('./corpora.mjs').Corpus} Corpus */
/** @typedef {import('./corpora.mjs').Result} Result */

/** @type {Corpus} */
export const adk = {
  folder: 'adk',
  *results(folder, work) {
    for (const file of evalSetsIn(folder)) {
      const flags = ['--from', 'adk-evalset'];
      const { trials, faults } = importAndEvaluate(
        path.join(work, file),
        [path.join(folder, file)],
        flags,
      );
      yield { ...resultOf(file, 'own conversation', trials), faults };
    }
  },
};

/** @type {Corpus} */
export const adkTraces = {
  folder: 'traces',
  *results(folder, work) {
    const sets = path.join(folder, 'adk-evalset');
    const traces = path.join(folder, 'jaeger-adk');
    if (!existsSync(sets) || !existsSync(traces)) return;
    for (const trace of readdirSync(traces)
      .filter((name) => name.endsWith('.json'))
      .sort()) {
      const name = path.basename(trace, '.json').replace(/^.*-/, '');
      const set = path.join(sets, `${name}.evalset.json`);
      if (existsSync(set)) yield pair(path.join(work, name), set, path.join(traces, trace));
    }
  },
};

/** @type {Corpus} */
export const agentevalsSamples = {
  folder: 'agentevals-dev',
  *results(folder, work) {
    const samples = path.join(folder, 'samples');
    if (!existsSync(samples)) return;
    for (const file of readdirSync(samples)
      .filter((name) => /^eval_set_.*\.json$/.test(name))
      .sort()) {
      const trace = path.join(samples, file.replace('eval_set_', ''));
      if (existsSync(trace)) yield pair(path.join(work, file), path.join(samples, file), trace);
    }
  },
};

/** @param {string} folder */
function evalSetsIn(folder) {
  const files = /** @type {string[]} */ (readdirSync(folder, { recursive: true }));
  return files.filter((file) => /\.(?:test|evalset)\.json$/.test(file)).sort();
}

/**
 * Judges a trace by the suite of the eval set that it belongs to.
 * @param {string} work
 * @param {string} set
 * @param {string} trace
 * @returns {Result}
 */
function pair(work, set, trace) {
  mkdirSync(work, { recursive: true });
  writeFileSync(path.join(work, 'package.json'), '{}\n'); // paths stay under it
  const suite = 'corpus.suite.yaml';
  const [name, question] = [path.basename(set), path.basename(trace)];
  const drawn = agentops(
    work,
    ['import', set, '--from', 'adk-evalset', '--suite', suite],
    [0, 2, 3],
  );
  const task = drawn.status === 0 ? evaluate(work, suite).trials[0]?.task : undefined;
  if (task === undefined) return lost(name, question, drawn.stderr);
  const recording = 'corpus.trajectories.jsonl'; // in place of the conversation that is expected
  const read = agentops(work, ['import', trace, '--task', task, '--out', recording], [0, 2, 3]);
  if (read.status !== 0) return lost(name, question, read.stderr);
  return resultOf(name, question, evaluate(work, suite).trials);
}

/**
 * A pair of which one side cannot be read.
 * @param {string} set
 * @param {string} question
 * @param {string} faults
 * @returns {Result}
 */
function lost(set, question, faults) {
  const answers = [{ key: set, ours: 'absent', theirs: 'pass' }];
  return { set, question, answers, faults, bar: { agreed: 1, of: 1, pool: 'adk' } };
}

/**
 * @param {string} set
 * @param {string} question
 * @param {import('./agentops.mjs').Trial[]} trials
 * @returns {Result}
 */
function resultOf(set, question, trials) {
  const answers = trials.map(({ task, status }) => ({ key: task, ours: status, theirs: 'pass' }));
  return { set, question, answers, bar: { agreed: 1, of: 1, pool: 'adk' } };
}
