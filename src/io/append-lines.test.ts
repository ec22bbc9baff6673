import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendLines } from './append-lines.ts';

let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'agentops-append-'));
  file = path.join(folder, 'output');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('appendLines()', () => {
  it.each([
    [null, 'b\n'],
    ['', 'b\n'],
    ['a\n', 'a\nb\n'],
    ['a', 'a\nb\n'],
    ['ä', 'ä\nb\n'],
  ])('adds a line to %j', async (before, after) => {
    if (before !== null) writeFileSync(file, before);
    await appendLines(file, 'b\n');
    expect(readFileSync(file, 'utf8')).toBe(after);
  });

  it.each([
    ['a folder', () => folder, 'it is a folder, expected a file'],
    ['a file in no folder', () => path.join(folder, 'x/y'), 'there is no such file or folder'],
  ])('refuses %s', async (_, place, words) => {
    await expect(appendLines(place(), 'b\n')).rejects.toMatchObject({
      code: 'disk_fault',
      message: `Cannot write "${place()}": ${words}`,
    });
  });

  it.skipIf(!existsSync('/dev/full'))('tells of a full disk', async () => {
    await expect(appendLines('/dev/full', 'b\n')).rejects.toMatchObject({ code: 'disk_fault' });
  });
});
