import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { requireFreshBuild, root } from './built-cli.ts';
import { runAgentops } from './run-agentops.ts';
import { emptyFolder, remove } from './temporary-project.ts';

let folder: string;

beforeAll(requireFreshBuild);
beforeEach(async () => {
  folder = emptyFolder();
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }\n');
  await runAgentops(['init'], folder);
});
afterEach(() => remove(folder));

const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');

/** Runs a script of the action in the project, as a job does. */
function script(
  name: string,
  given: Record<string, string> = {},
): Promise<{ stdout: string; code: number | null }> {
  const env = { PATH: process.env['PATH'], NO_COLOR: '1', ...given };
  const file = path.join(root, 'action', name);
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [file], { cwd: folder, env }, (_, stdout) =>
      resolve({ stdout, code: child.exitCode }),
    );
  });
}

const suite = () => path.join(folder, 'suites/shop.suite.yaml');

/** Puts other text into a file, which must have changed. */
function change(file: string, from: string, to: string): void {
  const text = read(file);
  expect(text).toContain(from);
  writeFileSync(path.join(folder, file), text.replace(from, to));
}

const onGithub = () => ({
  GITHUB_ACTIONS: 'true',
  GITHUB_OUTPUT: path.join(folder, 'outputs'),
  GITHUB_STEP_SUMMARY: path.join(folder, 'summary'),
});

const failing = (text: string) => text.replace('amount: { $lte: { $ref: total } }', 'amount: 1');

describe('evaluate.mjs', () => {
  it('writes every report and the outputs, and leaves the exit code to the last step', async () => {
    const { code } = await script('evaluate.mjs', onGithub());
    expect(code).toBe(0);
    expect(readdirSync(path.join(folder, 'agentops-report'))).toEqual(
      expect.arrayContaining(['comment.md', 'junit.xml', 'report.html', 'report.json', 'store']),
    );
    expect(read('outputs')).toContain('exit_code=0\n');
    expect(read('outputs')).toMatch(/^gate<<\S+\npass\n/m);
    expect(read('summary')).toContain('Gate passed');
  });

  it('annotates the line of a task that failed', async () => {
    const suite = path.join(folder, 'suites/shop.suite.yaml');
    writeFileSync(suite, failing(read('suites/shop.suite.yaml')));
    const { stdout, code } = await script('evaluate.mjs', onGithub());
    expect(stdout).toMatch(/^::error .*file=suites\/shop\.suite\.yaml.*line=\d+/m);
    expect(read('outputs')).toContain('exit_code=1\n');
    expect(code).toBe(0);
  });

  it('compares with the baseline, and ends with the exit code elsewhere', async () => {
    await runAgentops(['eval', '--quiet'], folder);
    await runAgentops(['baseline', 'set', '--name', 'main'], folder);
    const suite = path.join(folder, 'suites/agents/shop.mjs');
    writeFileSync(suite, "export const shopAgent = async () => 'No.';\n");
    const rules = { AGENTOPS_BASELINE: 'baseline', AGENTOPS_FAIL_ON: 'any-fail\nregression\n' };
    const { code } = await script('evaluate.mjs', rules);
    expect(code).toBe(1);
    expect(read('agentops-report/diff.md')).toContain('refund-late-order');
    expect(readdirSync(path.join(folder, 'agentops-report'))).toContain('diff.html');
  });

  it('takes nothing for a report that lay there before, and nothing that was not run for a pass', async () => {
    mkdirSync(path.join(folder, 'agentops-report'));
    for (const name of ['comment.md', 'annotations.txt', 'report.json']) {
      writeFileSync(path.join(folder, 'agentops-report', name), '::notice::Gate passed\n');
    }
    const { stdout } = await script('evaluate.mjs', {
      ...onGithub(),
      ...{ AGENTOPS_ARGUMENTS: '--list', AGENTOPS_REPORTS: 'agentops-report\nexit_code=0' },
    });
    expect(stdout).not.toContain('::notice');
    expect(readdirSync(path.join(folder, 'agentops-report'))).toEqual(['comment.md']);
    expect(read('agentops-report/comment.md')).toContain('## ! Undecided');
    expect(read('outputs').split('\n')[0]).toBe('exit_code=3');
    expect(read('outputs')).not.toContain('exit_code=0');
  });

  it.each([
    ['suites', { AGENTOPS_SUITES: '$(touch owned); `touch owned`\n--help' }],
    ['arguments', { AGENTOPS_ARGUMENTS: '--task=$(touch owned)' }],
  ])('hands %s over as they are', async (_, given) => {
    await script('evaluate.mjs', { ...onGithub(), ...given });
    expect(readdirSync(folder)).not.toContain('owned');
    expect(read('outputs')).toContain('exit_code=2\n');
  });
});

describe('render.mjs', () => {
  const rendered = () => ({ AGENTOPS_COMMENT: path.join(folder, 'rendered.md') });

  it('renders the run that was left behind, not the text beside it', async () => {
    await script('evaluate.mjs', onGithub());
    writeFileSync(path.join(folder, 'agentops-report/comment.md'), '@everyone');
    const { code } = await script('render.mjs', rendered());
    expect(code).toBe(0);
    expect(read('rendered.md')).toContain('Gate passed');
    expect(read('rendered.md')).not.toContain('everyone');
  });

  it('renders nothing where there is not exactly one run', async () => {
    const { stdout, code } = await script('render.mjs', rendered());
    expect([code, stdout]).toEqual([3, expect.stringContaining('holds 0 runs')]);
    expect(read('rendered.md')).toContain('## ! Undecided');
  });

  it.each<[string, (run: string) => void]>([
    [
      'trials that failed',
      (run) => change(`${run}/trials.jsonl`, '"status":"pass"', '"status":"fail"'),
    ],
    ['another sum of passed trials', (run) => change(`${run}/run.json`, '"pass":', '"pass":9')],
    [
      'a gate that a task fails',
      (run) => change(`${run}/plan.json`, '"pass_rate":0', '"pass_rate":1'),
    ],
    ['a file that is a link', (run) => symlinkSync('/etc/passwd', path.join(folder, run, 'more'))],
  ])('says that a run with %s cannot be reported', async (_, forge) => {
    writeFileSync(
      suite(),
      failing(read('suites/shop.suite.yaml')).replace(
        '\nagents:',
        '\ngate: { pass_rate: 0 }\nagents:',
      ),
    );
    await script('evaluate.mjs', onGithub());
    const [run = ''] = readdirSync(path.join(folder, 'agentops-report/store/runs'));
    forge(`agentops-report/store/runs/${run}`);
    const { code } = await script('render.mjs', rendered());
    expect(code).toBe(3);
    expect(read('rendered.md')).toContain('## ! Undecided');
    expect(read('rendered.md')).not.toContain('passed');
  });
});
