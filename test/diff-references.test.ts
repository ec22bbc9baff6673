import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireFreshBuild, root } from './built-cli.ts';
import { type Ended, runAgentops } from './run-agentops.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const folder = emptyFolder();
const inGit = { GIT_DIR: path.join(folder, '.git'), GIT_WORK_TREE: folder };
const agentops = (...args: string[]): Promise<Ended> => runAgentops(args, folder, inGit);

function git(...args: string[]): string {
  const flags = ['user.name=a', 'user.email=a@example.org', 'init.defaultBranch=trunk'];
  const all = [...flags.flatMap((flag) => ['-c', flag]), ...args];
  const env = { PATH: process.env['PATH'] };
  return execFileSync('git', all, { cwd: folder, encoding: 'utf8', env }).trim();
}

function commit(text: string): string {
  writeFileSync(path.join(folder, 'note.txt'), text);
  git('add', '-A');
  git('commit', '--quiet', '--message', text);
  return git('rev-parse', 'HEAD');
}

/** Runs one version of the agent and gives the id of the run. */
async function evaluate(agent: string): Promise<string> {
  await agentops('eval', 'fixtures/versions', '--quiet', '--agent', agent);
  return readdirSync(path.join(folder, '.agentops/runs')).sort().at(-1) ?? '';
}

/** Which runs a comparison took for base and head, and what it said beside. */
async function compared(...args: string[]) {
  const { stdout, stderr, code } = await agentops('diff', '--reporter', 'json', ...args);
  const { base, head } = stdout === '' ? { base: null, head: null } : JSON.parse(stdout);
  return { base: base?.run, head: head?.run, agents: [base?.agent, head?.agent], stderr, code };
}

const runs = { clean: '', dirty: '', latest: '' };
const commits = { first: '', second: '', third: '' };

beforeAll(async () => {
  requireFreshBuild();
  git('init', '--quiet');
  writeFileSync(path.join(folder, 'package.json'), '{}\n');
  cpSync(path.join(root, 'fixtures/versions'), path.join(folder, 'fixtures/versions'), {
    recursive: true,
  });
  commits.first = commit('first');
  git('tag', 'v1');
  runs.clean = await evaluate('v1');
  writeFileSync(path.join(folder, 'note.txt'), 'more');
  await evaluate('v2');
  commits.second = commit('second');
  writeFileSync(path.join(folder, 'note.txt'), 'more still');
  runs.dirty = await evaluate('v2');
  commits.third = commit('third');
  git('branch', 'topic/one');
  commit('fourth');
  runs.latest = await evaluate('v2');
  await agentops('report', runs.clean, '--reporter', 'json=report.json');
  await agentops('report', runs.clean, '--reporter', 'json=odd#name');
}, 120_000);
afterAll(() => remove(folder));

describe('agentops diff', () => {
  it.each([
    ['the id of a run', () => runs.clean],
    ['the folder of a run', () => `.agentops/runs/${runs.clean}`],
    ['a report', () => 'report.json'],
    ['a file whose name holds #', () => 'odd#name'],
    ['a tag, whose run of a clean work tree is taken before a newer one', () => 'v1'],
    ['a commit', () => commits.first],
    ['the beginning of a commit', () => commits.first.slice(0, 9)],
    ['what git counts from a branch', () => 'topic/one~2'],
  ])('takes %s', { timeout: 20_000 }, async (_, reference) => {
    const { base, head, stderr, code } = await compared(reference());
    expect({ base, head, stderr, code }).toEqual({
      base: runs.clean,
      head: runs.latest,
      stderr: '',
      code: 0,
    });
  });

  it('takes a run of changes that are in no commit where there is no other, and says so', async () => {
    const { base, stderr } = await compared(commits.second);
    expect(base).toBe(runs.dirty);
    expect(stderr).toContain(
      `warning: Run ${runs.dirty} of "${commits.second}" was of a work tree`,
    );
  });

  it('takes a run before a branch that is called like the beginning of its id, and says so', async () => {
    const name = runs.clean.slice(0, -3);
    git('branch', name, 'topic/one');
    const { base, stderr } = await compared(name);
    expect(base).toBe(runs.clean);
    expect(stderr).toContain(`"${name}" was taken for run ${runs.clean}; git knows it too`);
    git('branch', '-D', name);
  });

  it('takes one agent of each run after the last #', async () => {
    const { base, head, agents } = await compared(`${runs.clean}#v1`, 'latest#v2');
    expect([base, head, agents]).toEqual([runs.clean, runs.latest, ['v1', 'v2']]);
    expect((await compared(`${runs.clean}#v#1`)).stderr).toContain(`Cannot find "${runs.clean}#v"`);
    expect((await compared(`${runs.clean}#`)).stderr).toContain('such as latest#planner');
  });

  it.each([
    ['a commit without a run', () => 'topic/one', 'stored runs that ended is of that commit'],
    ['a name that nothing has', () => 'nowhere', 'no stored run, no file and no commit'],
    ['nothing', () => '', 'no stored run, no file and no commit'],
    ['an option of git', () => '--all', 'no stored run, no file and no commit'],
    ['another option of git', () => '--output=x', 'no stored run, no file and no commit'],
    ['a range', () => 'v1..trunk', 'no stored run, no file and no commit'],
    ['a misspelt word', () => 'latst', 'did you mean "latest"?'],
    ['a report that is not there', () => 'none.json', 'there is no such file'],
    ['a file that is no report', () => 'package.json', 'Cannot read'],
    ['the latest run, which would be held against itself', () => 'latest', 'with itself'],
    ['an agent of the latest run, likewise', () => 'latest#v2', 'with itself'],
  ])('refuses %s', async (_, reference, words) => {
    const { stderr, code } = await compared('--', reference());
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });

  it('reads a committed baseline where no run is stored', { timeout: 30_000 }, async () => {
    await agentops('baseline', 'set', runs.clean, '--name', 'trunk');
    const store = path.join(folder, '.agentops');
    const { base, head, stderr } = await compared('baseline');
    expect([base, head, stderr]).toEqual([runs.clean, runs.latest, '']);
    cpSync(store, path.join(folder, 'kept'), { recursive: true });
    rmSync(store, { recursive: true });
    const alone = await compared('baseline', 'report.json');
    expect([alone.base, alone.head, alone.code]).toEqual([runs.clean, runs.clean, 0]);
    expect(alone.stderr).toContain('is compared with itself');
    const held = await compared('baseline', 'report.json', '--fail-on', 'regression');
    expect([held.base, held.code]).toEqual([undefined, 2]);
    expect(held.stderr).toContain('with itself: expected another run');
    cpSync(path.join(folder, 'kept'), store, { recursive: true });
  });
});

describe('agentops baseline set', () => {
  const file = path.join(folder, 'baselines/trunk.baseline.json');
  const again = (...args: string[]) => agentops('baseline', 'set', ...args, '--name', 'trunk');

  it('keeps no arguments, no environment and no reasons of verdicts', async () => {
    await agentops('eval', 'fixtures/versions', '--quiet', '--agent', 'v2', '--label', 'a=b');
    await again('latest', '--force');
    const text = readFileSync(file, 'utf8');
    expect(text).not.toContain('argv');
    expect(text).not.toContain('No call of');
    const { trials, baseline } = JSON.parse(text);
    expect(baseline.branch).toBe('trunk');
    expect(trials.flatMap(({ verdicts }: { verdicts: object[] }) => verdicts)).toEqual(
      expect.arrayContaining([expect.objectContaining({ status: 'fail', reason: '' })]),
    );
  });

  it('refuses with every reason, leaves the file as it was, and does it when forced', async () => {
    const before = readFileSync(file, 'utf8');
    const { stderr, code } = await again(runs.clean);
    expect([code, readFileSync(file, 'utf8')]).toEqual([2, before]);
    expect(stderr).toContain('- the baseline that is there is of a newer run');
    const forced = await again(runs.clean, '--force');
    expect(forced.code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('"Forced: the baseline that is there');
  });

  it('refuses a run that did not finish, and does not replace what it cannot read', async () => {
    const cut = path.join(folder, 'cut');
    cpSync(path.join(folder, '.agentops/runs', runs.latest), cut, { recursive: true });
    rmSync(path.join(cut, 'run.json'));
    expect((await agentops('baseline', 'set', 'cut')).stderr).toContain('- it did not finish');
    writeFileSync(file, '<<<<<<< ours\n');
    expect((await again()).stderr).toContain('- the baseline that is there cannot be read');
    expect(readFileSync(file, 'utf8')).toBe('<<<<<<< ours\n');
    expect((await again('--force')).code).toBe(0);
  });

  it('refuses a run that is worse than what is there', { timeout: 30_000 }, async () => {
    const suite = [
      'suite: parcel-desk',
      'agents: { v1: { replay: ./v1.trajectories.jsonl }, v2: { replay: ./v2.trajectories.jsonl } }',
      'trials: 2',
      'expect: { never: [{ refund: { amount: 50 } }] }',
      'tasks: [{ id: refund-late-order, input: Refund it. }]',
    ];
    const strict = 'fixtures/versions/strict.suite.yaml';
    writeFileSync(path.join(folder, strict), `${suite.join('\n')}\n`);
    for (const agent of ['v1', 'v2']) {
      await agentops('eval', strict, '--agent', agent, '--quiet', '--out', 'strict');
    }
    const [good = '', bad = ''] = readdirSync(path.join(folder, 'strict/runs')).sort();
    const set = (run: string, ...args: string[]) =>
      agentops('baseline', 'set', run, '--name', 'strict', '--out', 'strict', ...args);
    expect((await set(good)).code).toBe(0);
    const { stderr, code } = await set(bad);
    expect(code).toBe(2);
    expect(stderr).toContain('- its gate did not pass (fail)');
    expect(stderr).toContain('- it is worse: ');
    expect(stderr).toContain('broke a rule of safety');
    expect((await set(bad, '--force')).stderr).toContain('warning: Forced: it is worse');
    expect((await set(good)).stderr).toContain('of a newer run');
  });

  it('refuses names that lead elsewhere', async () => {
    mkdirSync(path.join(folder, 'away'));
    for (const name of ['../away/x', '/tmp/x', 'CON', '', 'a b', 'x'.repeat(300)]) {
      const { stderr, code } = await agentops('baseline', 'set', '--name', name);
      expect([name, code, stderr.slice(0, 29)]).toEqual([name, 2, 'error: Cannot name a baseline']);
    }
    expect(readdirSync(path.join(folder, 'away'))).toEqual([]);
  });
});
