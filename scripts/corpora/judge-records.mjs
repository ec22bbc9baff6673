// Recorded answers of a real judge with the truth: what calibration makes of them must equal the published figures.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { agentops, linesOf } from './agentops.mjs';

/** @typedef {import('./corpora.mjs').Corpus} Corpus */
/** @typedef {import('./corpora.mjs').Result} Result */

/**
 * An answer of the judge with the reward that its benchmark gave.
 * @typedef {{ task_id: string, tau2_success: boolean, judge_verdict: string, judge_justification: string | null, agreement: boolean | null }} Answer
 */

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
      /** @type {Answer[]} */
      const answers = linesOf(path.join(folder, file));
      const published = publishedFor(expected[set], answers.length, file);
      yield resultOf(set, answers, published, path.join(work, file));
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
 * Calibrates the recorded answers under two conventions at once: theirs takes all but `pass` for a failure, ours decides nothing by a word that is no answer.
 * @param {string} set
 * @param {Answer[]} answers
 * @param {Published} published
 * @param {string} work
 * @returns {Result}
 */
function resultOf(set, answers, published, work) {
  const run = writeRun(work, answers);
  const flags = ['--labels', 'truth.csv', '--no-save', '--json'];
  const { stdout } = agentops(work, ['calibrate', run, ...flags], [0]);
  const { judges } = JSON.parse(stdout);
  const of = (/** @type {string} */ name) =>
    judges.find((/** @type {any} */ one) => one.entry.judge === name);
  const [theirs, ours] = [of('theirs'), of('ours')];
  /** @type {Map<string, string>} */
  const wrong = new Map(ours.wrong.map((/** @type {any} */ { id, kind }) => [id, kind]));
  const outside = answers.filter(({ judge_verdict }) => !isAnswer(judge_verdict)).length;
  const { items, errors, kappa } = ours.entry;
  const told = `${items} decided with kappa ${kappa === null ? 'undefined' : kappa.toFixed(6)}`;
  return {
    set,
    question: 'the judge agrees with the reward',
    answers: answers.flatMap(({ task_id, judge_verdict, agreement }, at) => {
      if (!isAnswer(judge_verdict)) return []; // of other words upstream says now this, now that
      const found = wrong.get(idOf(at));
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
    ],
  };
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

/**
 * Writes the answers as a run in which two judges said them, and the truth as a table.
 * @param {string} work
 * @param {Answer[]} answers
 */
function writeRun(work, answers) {
  const run = path.join(work, 'run');
  if (!existsSync(run)) mkdirSync(run, { recursive: true });
  writeFileSync(path.join(work, 'package.json'), '{}\n'); // the project ends here
  const names = answers.map(({ task_id }, at) => ({
    ...{ suite: 'records', task: task_id, agent: 'recorded', attack: null },
    id: idOf(at),
  }));
  const plan = {
    ...{ schema_version: 1, id: 'records', started_at: '2026-01-01T00:00:00.000Z', labels: {} },
    ...{ agentops_version: '0.1.0', seed: 0, argv: [], plan_digest: '', suites: [] },
    git: { commit: null, branch: null, dirty: null },
    rows: names.map(({ id, ...row }) => ({
      ...{ ...row, tags: [], pass: 'all', trials: 1, trial_ids: [id] },
    })),
  };
  writeFileSync(path.join(run, 'plan.json'), JSON.stringify(plan));
  const lines = answers.map((answer, at) => JSON.stringify(trialOf(names[at], answer)));
  writeFileSync(path.join(run, 'trials.jsonl'), `${lines.join('\n')}\n`);
  const rows = answers.map(
    ({ task_id, tau2_success }) => `${quoted(task_id)},${tau2_success ? 'pass' : 'fail'}`,
  );
  writeFileSync(path.join(work, 'truth.csv'), `${['task,label', ...rows].join('\r\n')}\r\n`);
  return run;
}

/**
 * A trial with the answer of the judge under both conventions.
 * @param {object | undefined} names
 * @param {Answer} answer
 */
function trialOf(names, { judge_verdict: said, judge_justification }) {
  const reason = judge_justification ?? '';
  const theirs = said === 'pass' ? 'pass' : 'fail';
  const ours = isAnswer(said) ? said : null;
  return {
    ...{ ...names, trial: 1, status: 'pass', score: null, stop: 'completed', turns: null },
    ...{ tool_calls: null, input_tokens: null, output_tokens: null, cost_usd: null },
    duration_ms: null,
    verdicts: [verdictOf('theirs', theirs, reason), verdictOf('ours', ours, reason)],
  };
}

/**
 * @param {string} judge
 * @param {string | null} answer
 * @param {string} reason
 */
function verdictOf(judge, answer, reason) {
  const holds = answer === null ? null : answer === 'pass';
  const status = holds === null ? 'error' : holds ? 'pass' : 'fail';
  const ballot = { model: 'recorded', vote: 1, answer, reason, evidence: [], from: 'recorded' };
  return {
    ...{ path: `expect.judge.${judge}`, kind: 'judge', required: true, status },
    ...{ score: holds === null ? null : Number(holds), reason, evidence: [] },
    details: {
      ...{ judge, wanted: { is: ['pass'] }, agree: 'majority', answer, holds },
      ballots: [{ ...ballot, asked: 0 }],
    },
  };
}

/** @param {string} said */
function isAnswer(said) {
  return said === 'pass' || said === 'fail';
}

/** @param {number} at */
function idOf(at) {
  return `record-${at}`;
}

/** @param {string} cell */
function quoted(cell) {
  return `"${cell.replaceAll('"', '""')}"`;
}
