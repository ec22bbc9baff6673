// Published rewards of tau2-bench, and its checks of single actions.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { importAndEvaluate, linesOf } from './agentops.mjs';
import { alarmsOnPassed } from './alarms.mjs';
import { domainOf, namesIn } from './tau-bench.mjs';
import { versions } from './tau2-versions.mjs';

/** @typedef {import('./corpora.mjs').Bar} Bar */

/** Agreement that is asked for, over all files of a domain. */
const BARS = /** @type {Record<string, Bar>} */ ({
  airline: { agreed: 139, of: 140, pool: 'tau2-bench airline' },
  retail: { agreed: 39, of: 42, pool: 'tau2-bench retail' },
  telecom: { agreed: 49, of: 50, pool: 'tau2-bench telecom' },
});

/** @type {import('./corpora.mjs').Corpus} */
export const tau2Bench = {
  folder: 'tau2-bench',
  *results(folder, work) {
    for (const name of namesIn(folder)) {
      const domain = domainOf(folder, name);
      const tools = ['--tools', path.join(folder, `${domain}.tools.json`)];
      const plain = evaluated(folder, path.join(work, name), name, tools);
      const alarms = alarmsOnPassed(path.join(work, name), plain.published);
      yield { ...rewards(name, plain, BARS[domain]), alarms };
      yield actions(name, plain);
      // The numbering of tasks is that of tau-bench, whose folder tells which expected writes change nothing
      const list = `${domain}.derived-noop-expected-writes.json`;
      const optional = [folder, path.join(folder, '../tau-bench')]
        .map((place) => path.join(place, list))
        .find((file) => existsSync(file));
      if (optional === undefined) continue;
      const flags = [...tools, '--optional-writes', optional];
      const lenient = evaluated(folder, path.join(work, `${name}-optional`), name, flags);
      const bar = { agreed: 1, of: 1, pool: `tau2-bench ${domain}, optional writes` };
      yield rewards(`${name}, optional writes`, lenient, bar);
    }
    yield* versions(folder, work);
  },
};

/**
 * @param {string} folder
 * @param {string} work
 * @param {string} name
 * @param {string[]} flags
 */
function evaluated(folder, work, name, flags) {
  const result = importAndEvaluate(work, [path.join(folder, `${name}.json`)], flags);
  return { ...result, published: linesOf(path.join(folder, `${name}.verdicts.jsonl`)) };
}

/** @typedef {ReturnType<typeof evaluated>} Evaluated */

/**
 * @param {string} set
 * @param {Evaluated} evaluated
 * @param {Bar | undefined} bar
 * @returns {import('./corpora.mjs').Result}
 */
function rewards(set, { trials, faults, published }, bar) {
  const ours = new Map(trials.map(({ task, trial, status }) => [`${task}#${trial}`, status]));
  const answers = published.map(({ task_id, trial, pass }) => {
    const key = `${task_id}#${trial + 1}`;
    return { key, ours: ours.get(key) ?? 'absent', theirs: pass ? 'pass' : 'fail' };
  });
  return { set, question: 'reward', answers, faults, bar };
}

/**
 * Each published check of a single action, by the verdict of its own block.
 * @param {string} set
 * @param {Evaluated} evaluated
 * @returns {import('./corpora.mjs').Result}
 */
function actions(set, { trials, published }) {
  const byKey = new Map(trials.map((trial) => [`${trial.task}#${trial.trial}`, trial.verdicts]));
  const answers = published.flatMap(({ task_id, trial, action_match }) => {
    const key = `${task_id}#${trial + 1}`;
    const statuses = new Map(byKey.get(key)?.map(({ path: at, status }) => [at, status]));
    return (action_match ?? []).map(
      (/** @type {boolean} */ isMet, /** @type {number} */ index) => ({
        key: `${key} action ${index}`,
        ours: statuses.get(`prefer.calls.${index}.any_order`) ?? 'absent',
        theirs: isMet ? 'pass' : 'fail',
      }),
    );
  });
  const bar = { agreed: 1, of: 1, pool: 'tau2-bench actions' };
  return { set, question: 'action', answers, bar };
}
