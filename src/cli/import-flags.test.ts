import { linkSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkImportFlags, type ImportFlags } from './import-flags.ts';

let folder: string;
const at = (name: string) => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'flags-'));
  mkdirSync(at('sub'));
  writeFileSync(at('log.json'), '[]');
  writeFileSync(at('tools.json'), '[]');
  writeFileSync(at('shop.trajectories.jsonl'), '');
  symlinkSync('log.json', at('link.json'));
  symlinkSync('sub', at('other'));
});

/** What is wrong with flags whose paths lie in the folder; null where nothing is. */
async function wrong(flags: ImportFlags, source = 'log.json'): Promise<string | null> {
  const { agent, task, from: _, ...paths } = flags;
  const placed = Object.entries(paths).map(([key, file]) => [key, file === '' ? '' : at(file)]);
  const all = { agent, task, ...Object.fromEntries(placed) };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  try {
    await checkImportFlags([at(source)], given);
    return null;
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'usage' });
    return (thrown as Error).message.replaceAll(`${folder}${path.sep}`, '');
  }
}

describe('checkImportFlags()', () => {
  const READ = 'it is read by this import, expected another file';
  it.each<[string, ImportFlags, string]>([
    ['the source', { out: 'log.json' }, `Cannot write "log.json": ${READ}`],
    ['the source by a link', { out: 'link.json' }, `Cannot write "link.json": ${READ}`],
    ['the source as a suite', { suite: 'log.json' }, `Cannot write "log.json": ${READ}`],
    ['the recording as the source', { suite: 's.yaml', out: 'log.json' }, `"log.json": ${READ}`],
    ['a side file', { suite: 'tools.json', tools: 'tools.json' }, `"tools.json": ${READ}`],
    ['one file for both', { suite: 'F', out: 'F' }, 'to one file, "F": expected two'],
    ['one file by two names', { suite: 'sub/F', out: 'other/F' }, 'expected two'],
    ['one file in a folder to be made', { suite: 'sub/x/F', out: 'other/x/F' }, 'expected two'],
    ['the tasks as the recording', { suite: 's.yaml', out: 's.tasks.jsonl' }, 'expected two'],
    ['no suite', { suite: '' }, 'Cannot use --suite "": expected the path of a file'],
    ['no file', { out: '' }, 'Cannot use --out "": expected the path of a file'],
    ['no side file', { suite: 's', optionalWrites: '' }, 'Cannot use --optional-writes ""'],
    ['a folder', { suite: 'sub' }, 'Cannot write "sub": it is a folder, expected a file'],
    ['a folder to be made', { out: 'new/' }, 'Cannot write "new/": it is a folder'],
    ['a suite without a name', { suite: '.suite.yaml' }, 'Cannot name a suite after ".suite.yaml"'],
    ['a suite that rings', { suite: 'a\u0007.yaml' }, 'Cannot name a suite after "a\\u0007.yaml"'],
    ['no task', { task: '' }, 'Cannot use --task "": expected a name'],
    ['an agent that steers', { agent: 'a\u001b[31m' }, 'Cannot use --agent "a\\u001b[31m"'],
    ['a stray side file', { tools: 'tools.json' }, 'Cannot use --tools alone'],
  ])('refuses %s', async (_what, flags, words) => {
    expect(await wrong(flags)).toContain(words);
    expect(readdirSync(folder)).toHaveLength(6);
  });

  it('refuses the recording that a suite would have beside it, where that is read', async () => {
    const words = await wrong({ suite: 'shop.suite.yaml' }, 'shop.trajectories.jsonl');
    expect(words).toBe(`Cannot write "shop.trajectories.jsonl": ${READ}`);
    expect(await wrong({ suite: 'shop.suite.yaml', out: 'own.jsonl' })).toBe(null);
  });

  it('refuses the file that very many tasks would go into, where that is read', async () => {
    writeFileSync(at('shop.tasks.jsonl'), '');
    const words = await wrong({ suite: 'shop.suite.yaml' }, 'shop.tasks.jsonl');
    expect(words).toBe(`Cannot write "shop.tasks.jsonl": ${READ}`);
  });

  it('refuses standard output for a suite or its recording', async () => {
    await expect(checkImportFlags([], { suite: '-' })).rejects.toThrow('--suite - for a suite');
    await expect(checkImportFlags([], { suite: 's', out: '-' })).rejects.toThrow('--out - for');
    expect(await checkImportFlags([], { out: '-' })).toBe(undefined);
  });

  it('lets other files, devices and names be', async () => {
    linkSync(at('log.json'), at('hard.json')); // another name, which a new file takes
    expect(await wrong({ out: 'hard.json' })).toBe(null);
    expect(await wrong({ suite: 'new/s.suite.yaml', tools: 'tools.json' })).toBe(null);
    expect(await wrong({ agent: 'gpt 5', task: '{{x}}' })).toBe(null);
    const flags = { suite: '/dev/null', out: '/dev/null' };
    expect(await checkImportFlags(['/dev/null'], flags)).toBe(undefined);
  });
});
