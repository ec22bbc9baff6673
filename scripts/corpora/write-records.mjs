// Writes recorded answers of a judge as what calibration reads: a suite, a stored run, a table of the truth.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';

/**
 * An answer of the judge with the reward that its benchmark gave.
 * @typedef {{ task_id: string, tau2_success: boolean, judge_verdict: string, judge_justification: string | null, agreement: boolean | null }} Answer
 */

/**
 * Writes the truth as a table.
 * @param {string} work
 * @param {Answer[]} answers
 */
export function writeTruth(work, answers) {
  const rows = answers.map(
    ({ tau2_success }, at) => `${nameOf(at)},${tau2_success ? 'pass' : 'fail'}`,
  );
  writeFileSync(path.join(work, 'truth.csv'), `${['task,label', ...rows].join('\r\n')}\r\n`);
}

/**
 * Writes a suite whose judge is asked about each record; what the agent did is not part of the records.
 * @param {string} work
 * @param {Answer[]} answers
 */
export function writeSuite(work, answers) {
  const suite = {
    suite: 'records',
    agents: { recorded: { replay: './records.trajectories.jsonl' } },
    judges: { recorded: { model: 'recorded', rubric: 'Was the task done as it should be?' } },
    tasks: answers.map((_, at) => ({
      id: nameOf(at),
      expect: { judge: { recorded: { reference: nameOf(at) } } },
    })),
  };
  writeFileSync(path.join(work, 'records.suite.yaml'), stringify(suite));
  const lines = answers.map((_, at) =>
    JSON.stringify({
      ...{ schema_version: 1, task: nameOf(at), agent: 'recorded', trial: 1, stop: 'completed' },
      steps: [{ type: 'message', role: 'assistant', content: 'Not recorded' }],
    }),
  );
  writeFileSync(path.join(work, 'records.trajectories.jsonl'), `${lines.join('\n')}\n`);
}

/**
 * Writes the answers as a run in which all but `pass` is a failure.
 * @param {string} work
 * @param {Answer[]} answers
 */
export function writeRun(work, answers) {
  const run = path.join(work, 'run');
  mkdirSync(run);
  const names = answers.map((_, at) => ({
    ...{ suite: 'records', task: nameOf(at), agent: 'recorded', attack: null, id: nameOf(at) },
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
  return run;
}

/**
 * A trial with the answer of the judge under their convention.
 * @param {object | undefined} names
 * @param {Answer} answer
 */
function trialOf(names, { judge_verdict, judge_justification }) {
  const reason = judge_justification ?? '';
  const [answer, holds] = judge_verdict === 'pass' ? ['pass', true] : ['fail', false];
  const ballot = { model: 'recorded', vote: 1, answer, reason, evidence: [], from: 'recorded' };
  const details = {
    ...{ judge: 'recorded', wanted: { is: ['pass'] }, agree: 'majority', answer, holds },
    ballots: [{ ...ballot, asked: 0 }],
  };
  const verdict = { path: 'expect.judge.recorded', kind: 'judge', required: true, status: answer };
  return {
    ...{ ...names, trial: 1, status: 'pass', score: null, stop: 'completed', turns: null },
    ...{ tool_calls: null, input_tokens: null, output_tokens: null, cost_usd: null },
    duration_ms: null,
    verdicts: [{ ...verdict, score: Number(holds), reason, evidence: [], details }],
  };
}

/** @param {string} said */
export function isAnswer(said) {
  return said === 'pass' || said === 'fail';
}

/** @param {number} at */
export function nameOf(at) {
  return `record-${at}`;
}
