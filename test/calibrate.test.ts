import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { requireFreshBuild } from './built-cli.ts';
import { runAgentops } from './run-agentops.ts';
import { emptyFolder, remove } from './temporary-project.ts';

let folder: string;
beforeAll(requireFreshBuild);
beforeEach(() => {
  folder = emptyFolder();
  writeFileSync(path.join(folder, 'package.json'), '{}\n');
});
afterEach(() => remove(folder));

const calibrate = (...args: string[]) => runAgentops(['calibrate', ...args], folder);
const answers = ['pass', 'pass', 'fail', 'pass', 'fail', null] as const;

/** Writes a run in which one judge answered about six tasks. */
function writeRun(): void {
  const trials = answers.map((answer, at) => {
    const holds = answer === null ? null : answer === 'pass';
    const ballot = { model: 'm', vote: 1, answer, reason: `Said ${answer}`, evidence: [] };
    const details = {
      ...{ judge: 'solved', wanted: { is: ['pass'] }, agree: 'majority', answer, holds },
      ballots: [{ ...ballot, from: 'recorded', asked: 0 }],
    };
    const status = holds === null ? 'error' : holds ? 'pass' : 'fail';
    const verdict = { path: 'expect.judge.solved', kind: 'judge', required: true, status };
    const nothing = { turns: null, tool_calls: null, input_tokens: null, output_tokens: null };
    return {
      ...{ id: `id${at}`, suite: 'shop', task: `t${at}`, agent: 'bot', attack: null, trial: 1 },
      ...{ status, score: null, stop: 'completed', ...nothing, cost_usd: null, duration_ms: null },
      verdicts: [{ ...verdict, score: null, reason: 'As said', evidence: [], details }],
    };
  });
  const plan = {
    ...{ schema_version: 1, id: 'shop-run', started_at: '2026-11-22T17:00:00.000Z', labels: {} },
    ...{ agentops_version: '0.1.0', seed: 0, argv: [], plan_digest: '' },
    git: { commit: null, branch: null, dirty: null },
    suites: [{ suite: 'shop', file: 'shop.suite.yaml', digest: 'd', gate: null }],
    rows: trials.map(({ id, suite, task, agent, attack }) => ({
      ...{ suite, task, agent, attack, tags: [], pass: 'all', trials: 1, trial_ids: [id] },
    })),
  };
  mkdirSync(path.join(folder, 'run'));
  writeFileSync(path.join(folder, 'run/plan.json'), JSON.stringify(plan));
  const lines = trials.map((trial) => `${JSON.stringify(trial)}\n`);
  writeFileSync(path.join(folder, 'run/trials.jsonl'), lines.join(''));
}

const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);

it('calibrate tells how a judge of a run agrees with a table of labels', async () => {
  writeRun();
  write(
    'truth.csv',
    'task,label,note\nt0,pass,\nt1,fail,"Refund, twice"\nt2,fail,\nt3,pass,\nt4,fail,\nt5,pass,\n',
  );
  const { stdout, stderr, code } = await calibrate('run', '--labels', 'truth.csv');
  expect(stderr).toContain('"shop.suite.yaml" cannot be loaded');
  expect(code).toBe(0);
  expect(stdout.split('\n')).toEqual([
    'shop / solved · pass',
    '  5 trials compared, 1 not decided by the judge, labels of trials as a whole',
    '                    judge: holds  judge: does not',
    '  ───────────────────────────────────────────────',
    '  people: holds                2                0',
    '  people: does not             1                2',
    '  accuracy        80%',
    '  kappa           0.615 (0.000 to 1.000), substantial',
    '  sensitivity     100% (34.2% to 100%)',
    '  specificity     66.6% (20.7% to 93.9%)',
    '  precision       66.6%',
    '  errs            1 wrongly passed, 0 wrongly failed (p 1.000)',
    '  pass rate       60% as the judge says, 40% corrected (0% to 100%)',
    '  ! t5/bot#1: not decided (people pass, judge –)',
    '      As said',
    '      agentops show shop-run id5',
    '  ✗ t1/bot#1: wrongly passed (people fail, judge pass)',
    '      people: Refund, twice',
    '      Said pass',
    '      agentops show shop-run id1',
    '',
  ]);
});

it('calibrate --json tells the same to programs', async () => {
  writeRun();
  write('truth.csv', 'task,label\nt0,pass\nt1,fail\n');
  const { stdout, code } = await calibrate('run', '--labels', 'truth.csv', '--json', '--no-save');
  const { judges, run, saved } = JSON.parse(stdout);
  expect([code, run, saved]).toEqual([0, 'shop-run', []]);
  expect(judges[0].entry).toMatchObject({ judge: 'solved', items: 2, accuracy: 0.5, unjudged: 0 });
  expect(judges[0].wrong.map(({ id }: { id: string }) => id)).toEqual(['id1']);
});

it.each([
  [
    'labels are at fault',
    'task,label\nt0,pass\nt1,true\n,fail\n',
    2,
    /truth\.csv:3:1.*\n.*"true" means nothing/,
  ],
  ['nothing can be compared', 'task,label\nzzz,pass\n', 3, /not saved/],
])('calibrate ends with its own code where %s', async (_, table, expected, words) => {
  writeRun();
  write('truth.csv', table);
  const { stderr, stdout, code } = await calibrate('run', '--labels', 'truth.csv');
  expect(stderr).toMatch(words);
  expect(stdout).toContain('shop / solved');
  expect(code).toBe(expected);
});

it.each([
  ['there are no labels', ['run'], /there are no labels/],
  ['a file of labels is not there', ['run', '--labels', 'none.csv'], /Cannot read .*none\.csv/],
  ['a run is asked with --judge', ['run', '--judge', 'live'], /Cannot use --judge with a run/],
  ['there is no such suite', ['none.suite.yaml'], /Cannot find suites/],
])('calibrate refuses where %s', async (_, args, words) => {
  writeRun();
  const { stderr, code } = await calibrate(...args);
  expect(stderr).toMatch(words);
  expect(code).toBe(2);
});

it('calibrate refuses a suite that replays no agent', async () => {
  write(
    'live.suite.yaml',
    'suite: live\nagents:\n  bot: { command: [node, -v] }\ntasks:\n  - id: a\n    input: hi\n    expect: { answer: hello }\n',
  );
  const { stderr, code } = await calibrate('live.suite.yaml');
  expect(stderr).toMatch(/it has no agent of the kind replay/);
  expect(code).toBe(2);
});
