// Recorded answers of a real judge with the truth: what calibration makes of them must equal the published figures.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { agentops, linesOf } from './agentops.mjs';
import { isAnswer, nameOf, writeRun, writeSuite, writeTruth } from './write-records.mjs';

/** @typedef {import('./corpora.mjs').Corpus} Corpus */
/** @typedef {import('./corpora.mjs').Result} Result */

/** @typedef {import('./write-records.mjs').Answer} Answer */

/**
 * Published figures: of the records that are there, or of all of them.
 * @typedef {{ n: number, TP: number, FP: number, FN: number, TN: number, accuracy: number, cohen_kappa: number, precision: number, recall: number }} Published
 */

/** @type {Corpus} */
export const judgeRecords = {
  folder: 'judge-records',
  *results(folder, work) {
    const expected = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8'));
    const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    for (const file of files.sort()) {
      const set = path.basename(file, '.jsonl').replace('.', '/');
      if (!Object.hasOwn(expected, set)) throw new Error(`expected.json says nothing of ${file}`);
      const records = path.join(folder, file);
      const published = publishedFor(expected[set], linesOf(records).length, file);
      yield resultOf(set, records, published, path.join(work, file));
    }
  },
};

/**
 * The figures of as many records as are there.
 * @param {{ split: Published, full: Published }} expected
 * @param {number} n
 * @param {string} file
 */
function publishedFor({ split, full }, n, file) {
  const found = [split, full].find((one) => one.n === n);
  if (found) return found;
  throw new Error(`${file} holds ${n} records, published are figures of ${split.n} and ${full.n}`);
}

/**
 * Calibrates the recorded answers twice: as a stored run in which all but `pass` is a failure, which is their convention, and by asking a model that says them again, where a word that is no answer decides nothing.
 * @param {string} set
 * @param {string} file
 * @param {Published} published
 * @param {string} work
 * @returns {Result}
 */
function resultOf(set, file, published, work) {
  /** @type {Answer[]} */
  const answers = linesOf(file);
  mkdirSync(work, { recursive: true });
  writeFileSync(path.join(work, 'package.json'), '{}\n'); // the project ends here
  writeTruth(work, answers);
  writeSuite(work, answers);
  const theirs = calibrated(work, [writeRun(work, answers), '--no-save']);
  const ours = withRecordedJudge(work, file, () => {
    return calibrated(work, ['records.suite.yaml', '--judge', 'live', '--out', 'runs']);
  });
  const again = calibrated(work, ['records.suite.yaml', '--no-save', '--out', 'runs']);
  /** @type {Map<string, string>} */
  const wrong = new Map(ours.wrong.map((/** @type {any} */ { task, kind }) => [task, kind]));
  const outside = answers.filter(({ judge_verdict }) => !isAnswer(judge_verdict)).length;
  const { items, errors, kappa } = ours.entry;
  const told = `${items} decided with kappa ${kappa === null ? 'undefined' : kappa.toFixed(6)}`;
  return {
    set,
    question: 'the judge agrees with the reward',
    answers: answers.flatMap(({ task_id, judge_verdict, agreement }, at) => {
      if (!isAnswer(judge_verdict)) return []; // of other words upstream says now this, now that
      const found = wrong.get(nameOf(at));
      const own = found === undefined ? 'pass' : found === 'error' ? 'error' : 'fail';
      return [{ key: task_id, ours: own, theirs: agreement ? 'pass' : 'fail' }];
    }),
    bar: { agreed: 1, of: 1, pool: 'judge-records' },
    figures: [
      ...figuresOf(theirs, published),
      {
        ...{ figure: `answers that are none, under our convention (${told})`, digits: 0 },
        ...{ ours: errors, theirs: outside, isHeld: true },
      },
      {
        ...{ figure: 'decided without a connection, from the recording', digits: 0 },
        ...{ ours: again.entry.items, theirs: items, isHeld: true },
      },
    ],
  };
}

/**
 * What calibration finds about the only judge there is.
 * @param {string} work
 * @param {string[]} args
 */
function calibrated(work, args) {
  const flags = ['--labels', 'truth.csv', '--json'];
  const { stdout } = agentops(work, ['calibrate', ...args, ...flags], [0]);
  return JSON.parse(stdout).judges[0];
}

/**
 * Works while a model on the loopback says again what a file of records holds.
 * @template Found
 * @param {string} work
 * @param {string} file
 * @param {() => Found} act
 */
function withRecordedJudge(work, file, act) {
  const portFile = path.join(work, 'port');
  const server = spawn(process.execPath, [recordedJudge, file, portFile], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  try {
    const models = { '*': { base_url: `http://127.0.0.1:${portOf(portFile)}/v1` } };
    writeFileSync(path.join(work, 'agentops.config.yaml'), stringify({ models }));
    return act();
  } finally {
    server.kill();
  }
}

const recordedJudge = fileURLToPath(new URL('recorded-judge.mjs', import.meta.url));

/** @param {string} file  it is there once the model listens */
function portOf(file) {
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 0; tries < 200 && !existsSync(file); tries++) Atomics.wait(nothing, 0, 0, 50);
  return readFileSync(file, 'utf8');
}

/**
 * Each figure of theirs beside ours, of answers under their convention.
 * @param {any} found  of `agentops calibrate --json`
 * @param {Published} published
 */
function figuresOf({ entry, precision }, published) {
  const { matrix, accuracy, kappa, sensitivity } = entry;
  /** @type {[string, number | null, number, number][]} */
  const pairs = [
    ['true positives', matrix.true_positive, published.TP, 0],
    ['false positives', matrix.false_positive, published.FP, 0],
    ['false negatives', matrix.false_negative, published.FN, 0],
    ['true negatives', matrix.true_negative, published.TN, 0],
    ['accuracy', accuracy, published.accuracy, 6],
    ['kappa', kappa, published.cohen_kappa, 6],
    ['precision', precision, published.precision, 6],
    ['recall', sensitivity, published.recall, 6],
  ];
  return pairs.map(([figure, ours, theirs, digits]) => ({
    ...{ figure, theirs, digits, ours: ours ?? Number.NaN, isHeld: true },
  }));
}
