import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { randomFrom } from './random.mjs';
import { writeLines } from './write-lines.mjs';

const paths = ['calls.in_order', 'never', 'limits.tool_calls', 'limits.tokens', 'answer'];
const git = { commit: null, branch: null, dirty: null };

/**
 * Writes a finished run as the store keeps it, with results of about 1 KB and no trajectories.
 * @param {string} folder
 * @param {{ tasks: number, trials: number, seed: number, chance: number }} shape  chance: of passing, at the least of any task
 */
export function writeRun(folder, { tasks, trials, seed, chance }) {
  mkdirSync(folder, { recursive: true });
  const random = randomFrom(seed);
  const passed = Array.from({ length: tasks }, () => 0);
  const rates = Array.from({ length: tasks }, (_, at) => chance + (1 - chance) * ((at % 10) / 9));
  function* results() {
    for (let task = 0; task < tasks; task++) {
      for (let trial = 1; trial <= trials; trial++) {
        const passes = random() < (rates[task] ?? 0);
        if (passes) passed[task] = (passed[task] ?? 0) + 1;
        yield JSON.stringify(resultOf(task, trial, passes, random));
      }
    }
  }
  writeLines(path.join(folder, 'trials.jsonl'), results());
  const head = { schema_version: 1, id: `bench-${seed}`, started_at: '2026-01-01T00:00:00.000Z' };
  const facts = { ...head, agentops_version: '0.0.0', labels: {}, git, seed, plan_digest: '' };
  const suites = [{ suite: 'bench', file: 'bench.suite.yaml', digest: 'a', gate: null }];
  const plan = { ...facts, argv: [], suites };
  const rows = passed.map((_, task) => planRow(task, trials));
  writeLines(path.join(folder, 'plan.json'), document(plan, rows));
  const planned = tasks * trials;
  const run = {
    ...facts,
    finished_at: head.started_at,
    status: 'completed',
    recordings: {},
    warnings: [],
    totals: { planned },
    gate: { status: 'fail', reasons: [] },
  };
  const ends = passed.map((count, task) => rowResult(task, trials, count));
  writeLines(path.join(folder, 'run.json'), document(run, ends));
}

/**
 * @param {object} head
 * @param {readonly object[]} rows
 */
function* document(head, rows) {
  yield `${JSON.stringify(head).slice(0, -1)},"rows":[`;
  for (const [at, row] of rows.entries()) yield (at === 0 ? '' : ',') + JSON.stringify(row);
  yield ']}';
}

/** @param {number} task */
const namesOf = (task) => ({
  suite: 'bench',
  task: `task-${task}`,
  agent: 'recorded',
  attack: null,
});

/**
 * @param {number} task
 * @param {number} trial
 */
const idOf = (task, trial) =>
  task.toString(16).padStart(8, '0') + trial.toString(16).padStart(8, '0');

/**
 * @param {number} task
 * @param {number} trials
 */
function planRow(task, trials) {
  return {
    ...namesOf(task),
    tags: [],
    digest: task.toString(16).padStart(64, '0'),
    pass: 'all',
    trials,
    trial_ids: Array.from({ length: trials }, (_, at) => idOf(task, at + 1)),
    at: { file: 'bench.suite.yaml', line: task + 3 },
  };
}

/**
 * @param {number} task
 * @param {number} trials
 * @param {number} passed
 */
function rowResult(task, trials, passed) {
  const rate = passed / trials;
  return {
    ...namesOf(task),
    status: passed === trials ? 'pass' : 'fail',
    ...{ trials, passed, failed: trials - passed, errored: 0, skipped: 0 },
    ...{ pass_rate: rate, score: rate, pass_at_k: { 1: rate }, pass_hat_k: { 1: rate } },
  };
}

/**
 * @param {number} task
 * @param {number} trial
 * @param {boolean} passes
 * @param {() => number} random
 */
function resultOf(task, trial, passes, random) {
  const status = passes ? 'pass' : 'fail';
  const verdicts = paths.map((path, at) => ({
    path: `expect.${path}`,
    kind: 'rule',
    required: true,
    status: at === 0 ? status : 'pass',
    score: at === 0 && !passes ? 0 : 1,
    reason: 'The calls that were wanted are there, in the order in which they were wanted',
    evidence: [1, 3, 5, 7],
  }));
  return {
    id: idOf(task, trial),
    ...namesOf(task),
    ...{ trial, status, score: passes ? 1 : 0.8, stop: 'completed', turns: 2 },
    tool_calls: 4 + Math.floor(random() * 8),
    input_tokens: 2000 + Math.floor(random() * 1000),
    output_tokens: 200 + Math.floor(random() * 100),
    cost_usd: Number((0.002 * (0.5 + random())).toFixed(6)),
    duration_ms: 1000 + Math.floor(random() * 4000),
    verdicts,
    trajectory: null,
  };
}
