import { symlink, truncate } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { lines, loadText, suiteText, testProject } from './project.test-support.ts';

const tools = 'refund: { input: { type: object, properties: { amount: { type: number } } } }\n';

describe('loadSuites() reads the files that a suite names', () => {
  test('tools, expectations and fragments', async () => {
    const { suites, faults } = await loadText(
      suiteText({
        more: 'tools: ./shop.tools.yaml\nexpect: ./expect.json\npolicy: ./policy.yaml\n',
        expect: './expect.json',
      }),
      {
        'shop.tools.yaml': tools,
        'expect.json': '{ "answer": "Done" }',
        'policy.yaml': 'tools: [refund]',
      },
    );
    expect(lines(faults)).toEqual([]);
    expect(Object.keys(suites[0]?.tools ?? {})).toEqual(['refund']);
    expect(suites[0]?.expect).toEqual({ answer: 'Done' });
    expect(suites[0]?.tasks[0]?.expect).toEqual({ answer: 'Done' });
  });

  test('and says what is wrong in each, once', async () => {
    const text = suiteText({
      more: 'tools: ./t.yaml\nexpect: ./e.yaml\npolicy: ./p.yaml\n',
      tasks: '  - { id: a, expect: ./e.yaml }\n  - { id: b, expect: ./e.yaml }\n',
    });
    const files = {
      't.yaml': 'refund: { efect: read }',
      'e.yaml': 'never: [{ refnd: }]\nx: 1',
      'p.yaml': 'deny: 01',
    };
    const { faults, suites } = await loadText(text, files);
    expect(suites).toEqual([]);
    expect(
      faults.map(
        (fault) => `${path.basename(fault.file)}:${fault.line}:${fault.column} ${fault.path}`,
      ),
    ).toEqual([
      'e.yaml:1:11 never.0.refnd',
      'e.yaml:2:1 x',
      'p.yaml:1:7 deny',
      't.yaml:1:11 refund.efect',
    ]);
  });

  test.each<[string, string, string]>([
    ['tools: ./missing.yaml\n', '3:8 tools', 'There is no file "./missing.yaml"'],
    ['tools: ./\n', '3:8 tools', 'Cannot read "./": expected a file'],
    ['tools: tools.yaml\n', '3:8 tools', 'Expected a path that begins with ./ or ../'],
    ['tools: /etc/passwd\n', '3:8 tools', 'Expected a path that begins with ./ or ../'],
    ['world: ./missing.json\n', '3:8 world', 'There is no file "./missing.json"'],
    [
      'tools: { a: { mock: "./missing.ts#b" } }\n',
      '3:21 tools.a.mock',
      'There is no file "./missing.ts"',
    ],
  ])('unless %s', async (more, at, message) => {
    const { faults } = await loadText(suiteText({ more }));
    expect(lines(faults)).toEqual([`${at}: ${message}`]);
  });

  test('functions of checks, with paths made relative to the suite', async () => {
    const text = suiteText({
      tasks:
        '  - { id: a, expect: { check: ./a.ts#b } }\n  - { id: b, expect: ./sub/e.yaml }\n  - { id: c, expect: { check: ./c.ts#d } }\n',
    });
    const files = {
      'a.ts': '',
      'sub/check.ts': '',
      'sub/e.yaml': 'check: ./check.ts#run\nnot: [{ check: ../a.ts#b }]',
    };
    const { faults } = await loadText(text, files);
    expect(lines(faults)).toEqual(['6:31 tasks.2.expect.check: There is no file "./c.ts"']);
    const { suites } = await loadText(text.replace('./c.ts', './a.ts'), files);
    expect(suites[0]?.tasks.map((task) => task.expect)).toEqual([
      { check: './a.ts#b' },
      { check: './sub/check.ts#run', not: [{ check: './a.ts#b' }] },
      { check: './a.ts#d' },
    ]);
  });
});

describe('loadSuites() keeps paths in the project', () => {
  const escaping = suiteText({ more: 'tools: ../tools.yaml\n' });

  test.each(['agentops.config.yaml', 'package.json', '.git/HEAD'])(
    'whose root is marked by %s',
    async (mark) => {
      const project = await testProject({
        [mark]: '',
        'tools.yaml': tools,
        'suites/shop.suite.yaml': escaping,
        'suites/r.jsonl': '',
      });
      const { suites, faults } = await project.load(['suites/shop.suite.yaml']);
      expect(lines(faults)).toEqual([]);
      expect(suites[0]?.root).toBe(project.folder);
    },
  );

  test('else is the folder of the suite', async () => {
    const project = await testProject({
      'tools.yaml': tools,
      'suites/shop.suite.yaml': escaping,
      'suites/r.jsonl': '',
    });
    const root = path.join(project.folder, 'suites');
    const { faults } = await project.load(['suites/shop.suite.yaml']);
    expect(lines(faults)).toEqual([
      `3:8 tools: "../tools.yaml" lies outside of the project, whose root is "${root}"`,
    ]);
    const allowed = await project.load(['suites/shop.suite.yaml'], { allowOutside: true });
    expect(lines(allowed.faults)).toEqual([]);
  });

  test.each(['/etc/hosts', '../../etc/hosts'])('for agents: %s', async (file) => {
    const { faults } = await loadText(suiteText().replace('./r.jsonl', file));
    expect(lines(faults)[0]).toContain(
      `2:31 agents.recorded.replay: "${file}" lies outside of the project`,
    );
  });

  test('through links', async () => {
    const project = await testProject({
      'tools.yaml': tools,
      'suites/r.jsonl': '',
      'suites/shop.suite.yaml': suiteText({ more: 'tools: ./link.yaml\n' }),
      'suites/later.suite.yaml': suiteText()
        .replace('suite: shop', 'suite: later')
        .replace('{ replay: ./r.jsonl }', '{ module: ./r.jsonl, recording: ./out/new/a.jsonl }'),
    });
    await symlink('../tools.yaml', path.join(project.folder, 'suites/link.yaml'));
    await symlink('..', path.join(project.folder, 'suites/out'));
    const { faults } = await project.load(['suites/shop.suite.yaml', 'suites/later.suite.yaml']);
    expect(lines(faults).map((line) => line.replace(/, whose root.*/, ''))).toEqual([
      '2:53 agents.recorded.recording: "./out/new/a.jsonl" lies outside of the project',
      '3:8 tools: "./link.yaml" lies outside of the project',
    ]);
  });
});

describe('loadSuites() refuses a file that', () => {
  test.each<[string, string | Uint8Array, string]>([
    [
      'is not UTF-8',
      Buffer.from('suite: a\nx: caf\xe9\n', 'latin1'),
      '2:7 : The file is not UTF-8 from here on',
    ],
    [
      'is UTF-16',
      Buffer.from('\ufeffsuite: a', 'utf16le'),
      '1:1 : The file is UTF-16, expected UTF-8',
    ],
  ])('%s', async (_, content, wanted) => {
    const project = await testProject({ 'shop.suite.yaml': content });
    expect(lines((await project.load()).faults)).toEqual([wanted]);
  });

  test('is too large, without reading it', async () => {
    const project = await testProject({ 'shop.suite.yaml': '' });
    await truncate(path.join(project.folder, 'shop.suite.yaml'), 2 ** 40);
    expect(lines((await project.load()).faults)).toEqual([
      '1:1 : The file holds 1048576 MiB, expected at most 16; larger sets of tasks are JSONL: tasks: { from: ./tasks.jsonl }',
    ]);
  });

  test('is a folder, or is not there', async () => {
    const project = await testProject({ 'shop.suite.yaml/a': '' });
    const { faults } = await project.load(['shop.suite.yaml', 'b.suite.yaml']);
    expect(lines(faults)).toEqual([
      `1:1 : Cannot read "${project.folder}/b.suite.yaml": there is no such file or folder`,
      `1:1 : Cannot read "${project.folder}/shop.suite.yaml": expected a file`,
    ]);
  });

  test('has the name of another suite', async () => {
    const project = await testProject({
      'r.jsonl': '',
      'a.suite.yaml': suiteText(),
      'b.suite.yaml': suiteText(),
    });
    const { suites, faults } = await project.load(['a.suite.yaml', 'b.suite.yaml', 'a.suite.yaml']);
    expect(suites).toHaveLength(1);
    expect(lines(faults)).toEqual([
      `1:8 suite: Suite name "shop" is used twice in this run, first in "a.suite.yaml" on line 1`,
    ]);
    expect(path.basename(faults[0]?.file ?? '')).toBe('b.suite.yaml');
  });

  test('has the name of another suite, beside other faults', async () => {
    const project = await testProject({
      'r.jsonl': '',
      'a.suite.yaml': `x: 1\n${suiteText()}`,
      'sub/b.suite.yaml': suiteText({ more: 'y: 1\n' }).replace('./r.', '../r.'),
    });
    const { faults } = await project.load(['a.suite.yaml', 'sub/b.suite.yaml']);
    expect(lines(faults).map((line) => line.replace(/, expected one of.*/, ''))).toEqual([
      '1:1 x: Unknown key "x"',
      '1:8 suite: Suite name "shop" is used twice in this run, first in "../a.suite.yaml" on line 2',
      expect.stringMatching(/^2:31 agents/),
      '3:1 y: Unknown key "y"',
    ]);
  });
});

test('loadSuites() accepts a byte order mark and CRLF', async () => {
  const { suites, faults } = await loadText(`\ufeff${suiteText().replaceAll('\n', '\r\n')}`);
  expect(lines(faults)).toEqual([]);
  expect(suites[0]?.tasks[0]?.at).toMatchObject({ line: 4, column: 5 });
});

describe('loadSuites() digests', () => {
  const text = suiteText({
    more: 'tools: ./t.yaml\n',
    tasks: '  - { id: a, expect: ./e.yaml }\n  - { id: b, expect: { check: ./c.ts } }\n',
  });
  const files = {
    't.yaml': tools,
    'e.yaml': 'answer: Done',
    'c.ts': 'export default 1',
    'r.jsonl': '',
  };
  const digestOf = async (changed: Record<string, string> = {}, suite = text) =>
    (await loadText(suite, { ...files, ...changed })).suites[0]?.digest;

  test('the same in every folder', async () => {
    const digest = await digestOf();
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await digestOf()).toBe(digest);
  });

  test.each(['t.yaml', 'e.yaml', 'c.ts'] as const)('%s', async (name) => {
    expect(await digestOf({ [name]: `${files[name]}\n\n` })).not.toBe(await digestOf());
  });

  test('the suite, but no recording', async () => {
    expect(await digestOf({}, `${text}\n`)).not.toBe(await digestOf());
    expect(await digestOf({ 'r.jsonl': '{}' })).toBe(await digestOf());
  });
});
