import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { program, requireFreshBuild } from './built-cli.ts';
import { runAgentops, runShell } from './run-agentops.ts';
import { copyOfProject, remove } from './temporary-project.ts';

let folder = '';
let runId = '';
const labels = 'fixtures/broken/travel-desk/travel-desk.labels.jsonl';
const at = (name: string) => path.join(folder, name);

beforeAll(async () => {
  requireFreshBuild();
  folder = copyOfProject();
  await runAgentops(['eval', 'fixtures/broken/travel-desk', '--quiet'], folder);
  runId = readdirSync(at('.agentops/runs'))[0] ?? '';
});
afterAll(() => remove(folder));
beforeEach(() => writeFileSync(at(labels), ''));

/** Reviews the run with these lines typed into a pipe. */
function review(lines: readonly string[], ...args: string[]) {
  writeFileSync(at('typed.txt'), lines.map((line) => `${line}\n`).join(''));
  const words = args.map((arg) => `'${arg}'`).join(' ');
  return runShell(`agentops review ${runId} ${words} < typed.txt`, folder);
}

function kept(file = labels): Record<string, unknown>[] {
  const lines = readFileSync(at(file), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line));
}

describe('agentops review', () => {
  it('keeps labels beside the suite, and goes on with what is left', async () => {
    const first = await review(['- 5', '+ 2', 'n charged before the desk', 'f', 's', 'u']);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toContain('1 of 6 · failed: expect.never');
    expect(first.stdout).toContain('> n charged before the desk\n');
    expect(first.stderr).toBe(`2 labelled (1 fail, 1 unsure), 4 left\nLabels: ${labels}\n`);
    expect(kept()).toEqual([
      {
        ...{ schema_version: 1, suite: 'broken-travel-desk', task: 'skip-flights' },
        ...{ agent: 'recorded', trial: 1, label: 'fail', note: 'charged before the desk' },
        ...{ right: [2], wrong: [5] },
        ...{
          at: expect.stringMatching(/^\d{4}-.*Z$/),
          trajectory: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      },
      expect.objectContaining({ task: 'charge-twice', label: 'unsure' }),
    ]);
    const rest = await review([], '--list');
    expect(rest.stdout).toMatch(/^✗ pass-the-parcel#1/);
    expect(rest.stdout).toMatch(/4 trials to review, 2 labelled\n$/);
    const others = await review([], '--list', '--by', 'ada');
    expect(others.stdout).toMatch(/6 trials to review\n$/);
    const all = await review([], '--list', '--all');
    expect(all.stdout).toMatch(/6 trials to review\n$/);
  });

  it('shows a trial again whose trajectory is another one than was labelled', async () => {
    await review(['p', 'p']);
    const [first, second] = kept();
    const lines = [
      { ...first, trajectory: 'x' },
      { ...second, trajectory: undefined },
    ];
    writeFileSync(at(labels), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const { stdout } = await review([], '--list');
    expect(stdout).toMatch(/^✗ skip-flights#1/);
    expect(stdout).toMatch(/5 trials to review, 1 labelled\n$/);
  });

  it('mends a file whose last line was cut off, and names lines that are no labels', async () => {
    writeFileSync(at(labels), '{"schema_version":1}\n{"schema_version":1,"task');
    const { stderr, code } = await review(['p'], '--by', 'ada');
    expect(stderr).toMatch(
      /^warning: .*travel-desk\.labels\.jsonl:1: The line is no label at "task"/,
    );
    expect(code).toBe(0);
    const lines = readFileSync(at(labels), 'utf8').split('\n');
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({ label: 'pass', by: 'ada' });
  });

  it('keeps labels with the run where the suite is gone, or where it is told to', async () => {
    const own = `.agentops/runs/${runId}/labels.jsonl`;
    const plan = at(`.agentops/runs/${runId}/plan.json`);
    const text = readFileSync(plan, 'utf8');
    writeFileSync(
      plan,
      text.replaceAll('fixtures/broken/travel-desk/travel-desk.suite.yaml', '../x.suite.yaml'),
    );
    await review(['p']);
    writeFileSync(plan, text);
    expect(kept(own)).toHaveLength(1);
    await review(['p'], '--labels', 'notes/mine.jsonl');
    expect(kept('notes/mine.jsonl')).toHaveLength(1);
    expect(kept()).toEqual([]);
  });

  it('puts disagreements first, and asks the question of one judge', async () => {
    const file = at(`.agentops/runs/${runId}/trials.jsonl`);
    const text = readFileSync(file, 'utf8');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const [index, result] of lines.entries()) {
      const holds = index === 2;
      const details = { judge: 'polite', wanted: {}, agree: 'mean', answer: 4, holds, ballots: [] };
      const head = { path: 'expect.judge.polite', kind: 'judge', required: true, evidence: [] };
      if (index > 3) continue;
      result.verdicts.push({
        ...head,
        status: holds ? 'pass' : 'fail',
        score: 1,
        reason: 'so',
        details,
      });
    }
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    try {
      const listed = await review([], '--list');
      expect(listed.stdout).toMatch(
        /^✗ charge-twice#1.*\n {4}polite passes, expect\.calls\.0\.exact fails\n/,
      );
      const asked = await review(['4', 'f', 'j nobody 3', 'q'], '--judge', 'polite');
      expect(asked.stdout).toContain('Question of polite');
      expect(asked.stdout).toContain('There is no judge "nobody" here');
      expect(asked.stderr).toContain('2 labelled (1 at 4, 1 fail), 2 left');
      expect(asked.stderr).toContain(`Next: agentops calibrate ${runId} --labels ${labels}`);
      expect(kept()).toMatchObject([
        { judge: 'polite', label: 4 },
        { judge: 'polite', label: 'fail' },
      ]);
      const left = await review([], '--list', '--judge', 'polite');
      expect(left.stdout).toMatch(/2 trials to review, 2 labelled\n$/);
      expect((await review([], '--list')).stdout).toMatch(/6 trials to review\n$/);
      const wrong = await review([], '--judge', 'polit');
      expect(wrong).toMatchObject({ code: 2 });
      expect(wrong.stderr).toContain('did you mean "polite"?');
    } finally {
      writeFileSync(file, text);
    }
  });

  it.each([
    [['--task', 'chrage-twice'], 2, 'did you mean "charge-twice"?'],
    [['--status', 'good'], 2, 'Allowed choices are pass, fail, error'],
    [['--status', 'pass'], 0, 'Nothing to review'],
    [['--labels', 'x.csv'], 2, 'Cannot keep labels in "x.csv": expected a .labels.jsonl file'],
    [['--labels', 'a.suite.yaml'], 2, 'Cannot keep labels in "a.suite.yaml"'],
    [['--labels', 'a.judges.jsonl'], 2, 'Cannot keep labels in "a.judges.jsonl"'],
    [['--to-suite', 'x.json'], 2, 'expected the path of a .suite.yaml file'],
    [['--to-suite', 'x.suite.yaml', '--no-ask'], 2, 'no trial of this run is labelled fail'],
  ])('answers %j', async (args, code, words) => {
    const ended = await review([], ...args);
    expect(ended.stderr).toContain(words);
    expect(ended.code).toBe(code);
    expect(existsSync(at('x.suite.yaml'))).toBe(false);
  });

  it('writes a suite that fails as the person said, and none over another', async () => {
    const typed = ['- 5', 'n before the desk', 'f', 'f', 'p'];
    const first = await review(typed, '--to-suite', 'again/desk.suite.yaml');
    expect(first.stderr).toContain(
      'Wrote again/desk.suite.yaml (2 tasks) and again/desk.trajectories.jsonl',
    );
    expect(first.code).toBe(0);
    expect(await runAgentops(['validate', 'again'], folder)).toMatchObject({ code: 0 });
    const judged = await runAgentops(['eval', 'again', '--out', 'elsewhere'], folder);
    expect(judged.code).toBe(1);
    expect(judged.stdout).toMatch(/✗ +skip-flights/);
    expect(judged.stdout).toMatch(/! +pass-the-parcel/);
    const again = await review([], '--to-suite', 'again/desk.suite.yaml', '--no-ask');
    expect(again).toMatchObject({ code: 2 });
    const all = ['--to-suite', 'again/desk.suite.yaml', '--no-ask', '--force', '--label', 'all'];
    expect((await review([], ...all)).stderr).toContain('(3 tasks)');
  });

  it('takes the latest label of a trial, and none that is about another trajectory', async () => {
    await review(['f', 'f', 'b', 'p', 'f']);
    const last = kept().at(-1);
    appendFileSync(at(labels), `${JSON.stringify({ ...last, trajectory: 'x' })}\n`);
    const ended = await review([], '--to-suite', 'latest.suite.yaml', '--no-ask');
    expect(ended.stderr).toContain(
      'Left out charge-twice#1: its label is about another trajectory',
    );
    expect(ended.stderr).toContain('Wrote latest.suite.yaml (1 task)');
    expect(ended.code).toBe(3);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('keeps what was labelled when %s interrupts it', async (signal, code) => {
    const child = spawn(process.execPath, [program, 'review', runId], { cwd: folder });
    let [shown, told] = ['', ''];
    child.stderr.on('data', (piece) => {
      told += piece;
    });
    child.stdout.on('data', (piece) => {
      shown += piece;
      if (/ 2 of 6 .*\n> $/s.test(shown)) child.kill(signal); // it waits for the next command
    });
    child.stdin.write('p\n');
    const [ended] = await once(child, 'close');
    expect(ended).toBe(code);
    expect(told).toContain('1 labelled (1 pass), 5 left');
    expect(kept()).toMatchObject([{ label: 'pass' }]);
  });
});
