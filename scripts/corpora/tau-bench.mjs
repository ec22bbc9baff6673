// Published rewards of tau-bench, computed by its database and by what the agent said.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { importAndEvaluate, linesOf } from './agentops.mjs';
import { alarmsOnPassed } from './alarms.mjs';

/** @typedef {import('./corpora.mjs').Corpus} Corpus */
/** @typedef {import('./corpora.mjs').Result} Result */

/** @type {Corpus} */
export const tauBench = {
  folder: 'tau-bench',
  *results(folder, work) {
    for (const name of namesIn(folder)) {
      const domain = domainOf(folder, name);
      const optional = path.join(folder, `${domain}.derived-noop-expected-writes.json`);
      yield resultOf(folder, path.join(work, name), name, domain, []);
      if (existsSync(optional)) {
        const flags = ['--optional-writes', optional];
        yield resultOf(folder, path.join(work, `${name}-optional`), name, domain, flags);
      }
    }
  },
};

/**
 * Names of the result files that have verdicts.
 * @param {string} folder
 */
export function namesIn(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.verdicts.jsonl'))
    .map((file) => file.replace('.verdicts.jsonl', ''))
    .filter((name) => existsSync(path.join(folder, `${name}.json`)))
    .sort();
}

/**
 * The domain whose tools the name of a result file speaks of.
 * @param {string} folder
 * @param {string} name
 */
export function domainOf(folder, name) {
  const suffix = '.tools.json';
  const domains = readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length));
  return domains.find((domain) => name.includes(domain)) ?? '';
}

/**
 * @param {string} folder
 * @param {string} work
 * @param {string} name
 * @param {string} domain
 * @param {string[]} more
 * @returns {Result}
 */
function resultOf(folder, work, name, domain, more) {
  const tasks = path.join(folder, `${name}.tasks.json`);
  const flags = ['--tools', path.join(folder, `${domain}.tools.json`), ...more];
  if (existsSync(tasks)) flags.push('--tasks', tasks);
  const { trials, faults } = importAndEvaluate(work, [path.join(folder, `${name}.json`)], flags);
  const ours = new Map(trials.map(({ task, trial, status }) => [`${task}#${trial}`, status]));
  const published = linesOf(path.join(folder, `${name}.verdicts.jsonl`));
  const withOptional = more.length > 0;
  return {
    set: withOptional ? `${name}, optional writes` : name,
    question: 'reward',
    faults,
    bar: barOf(domain, withOptional),
    answers: published.map(({ task_id, trial, pass }) => {
      const key = `${task_id}#${trial + 1}`;
      return { key, ours: ours.get(key) ?? 'absent', theirs: pass ? 'pass' : 'fail' };
    }),
    figures: figuresOf(folder, name, trials),
    ...(!withOptional && { alarms: alarmsOnPassed(work, published) }),
  };
}

/**
 * @param {string} domain
 * @param {boolean} withOptional
 */
function barOf(domain, withOptional) {
  if (domain === 'airline' || withOptional) return { agreed: 1, of: 1 };
  return domain === 'retail' ? { agreed: 57, of: 58 } : undefined;
}

/**
 * pass^k of our verdicts beside the published ones, where the folder states them.
 * @param {string} folder
 * @param {string} name
 * @param {import('./agentops.mjs').Trial[]} trials
 */
function figuresOf(folder, name, trials) {
  const file = path.join(folder, 'expected.json');
  const stated = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8'))[name] : undefined;
  return Object.entries(stated ?? {}).flatMap(([figure, theirs]) => {
    const k = Number(/^pass\^(\d+)$/.exec(figure)?.[1]);
    if (!Number.isInteger(k) || typeof theirs !== 'number') return [];
    return [{ figure, ours: passHat(trials, k), theirs, digits: 4, isHeld: false }];
  });
}

/**
 * pass^k: the mean over tasks of C(c, k) / C(n, k), for c passes of n trials.
 * @param {readonly import('./agentops.mjs').Trial[]} trials
 * @param {number} k
 */
function passHat(trials, k) {
  const tasks = new Map();
  for (const { task, status } of trials) {
    const { n, c } = tasks.get(task) ?? { n: 0, c: 0 };
    tasks.set(task, { n: n + 1, c: c + (status === 'pass' ? 1 : 0) });
  }
  let sum = 0;
  for (const { n, c } of tasks.values()) {
    let chance = 1;
    for (let i = 0; i < k; i++) chance *= Math.max(c - i, 0) / (n - i);
    sum += chance;
  }
  return sum / tasks.size;
}
