import { describe, expect, test } from 'vitest';
import type { KnownSuites } from './watch-loop.ts';
import { changeLines, waitingLine } from './watch-words.ts';

const suite = (name: string | null, ...files: string[]) => ({
  name,
  sound: true,
  files: new Set(files),
  written: new Set<string>(),
});
const known: KnownSuites = new Map([
  ['/p/a.suite.yaml', suite('shop', '/p/a.suite.yaml', '/p/tools')],
  ['/p/b.suite.yaml', suite('travel', '/p/b.suite.yaml', '/p/tools')],
  ['/p/c.suite.yaml', suite(null, '/p/c.suite.yaml')],
]);
const nothing = { changed: new Map(), added: [], removed: [], suites: [] };
const look = { ascii: false, nameOf: (file: string) => file.replace('/p/', '') };

describe('changeLines()', () => {
  test('names what changed and the suites that it touches', () => {
    const changed = new Map([['/p/tools', ['/p/b.suite.yaml', '/p/a.suite.yaml']]]);
    expect(changeLines({ ...nothing, changed }, known, look)).toEqual([
      'changed: tools → shop, travel',
    ]);
    expect(changeLines({ ...nothing, changed }, known, { ...look, ascii: true })).toEqual([
      'changed: tools -> shop, travel',
    ]);
  });

  test('names a suite that has no name by its file, and one that came only once', () => {
    const changes = {
      changed: new Map([['/p/c.suite.yaml', ['/p/c.suite.yaml']]]),
      added: ['/p/c.suite.yaml'],
      removed: ['/p/old.suite.yaml'],
      suites: [],
    };
    expect(changeLines(changes, known, look)).toEqual([
      'gone: old.suite.yaml',
      'new: c.suite.yaml → c.suite.yaml',
    ]);
  });

  test('encodes names and does not go on for ever', () => {
    const removed = Array.from({ length: 300 }, (_, index) => `/p/\x1b[2J\n${index}`);
    const lines = changeLines({ ...nothing, removed }, known, look);
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe('gone: \\x1b[2J\\n0');
    expect(lines[10]).toBe('and 290 more changes');
  });
});

test('waitingLine() counts each file once', () => {
  expect(waitingLine(known)).toBe('watching 3 suites with 4 files; Ctrl-C ends it');
});
