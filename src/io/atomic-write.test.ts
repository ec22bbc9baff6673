import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { atomicWrite, atomicWriteAll } from './atomic-write.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'atomic-'));
});

async function* lines(count: number) {
  for (let line = 0; line < count; line++) yield `${line}\n`;
}

describe('atomicWrite()', () => {
  it('writes text, bytes and pieces, and leaves nothing beside them', async () => {
    const file = path.join(folder, 'report.json');
    for (const [content, expected] of [
      ['é', 'é'],
      [Buffer.from('bytes'), 'bytes'],
      [['a', Buffer.from('b')], 'ab'],
      [lines(200_000), Array.from({ length: 200_000 }, (_, line) => `${line}\n`).join('')],
      [[], ''],
    ] as const) {
      await atomicWrite(file, content);
      expect(readFileSync(file, 'utf8') === expected).toBe(true);
    }
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it('keeps the old file and clears up when its content fails half-way', async () => {
    const file = path.join(folder, 'report.json');
    writeFileSync(file, 'old');
    async function* broken() {
      yield 'x'.repeat(1_000_000);
      expect(readdirSync(folder)).toHaveLength(2);
      throw new Error('Cannot go on');
    }
    await expect(atomicWrite(file, broken())).rejects.toThrow('Cannot go on');
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  it('says what the disk refused and names the file, not the one beside it', async () => {
    const missing = path.join(folder, 'none', 'report.json');
    await expect(atomicWrite(missing, 'x')).rejects.toMatchObject({
      code: 'disk_fault',
      message: `Cannot write "${missing}": there is no such file or folder`,
    });
    await expect(atomicWrite(folder, 'x')).rejects.toMatchObject({ code: 'disk_fault' });
  });

  it('says that the disk is full', async () => {
    await expect(atomicWrite('/dev/full', 'x')).rejects.toMatchObject({
      code: 'disk_fault',
      message: 'Cannot write "/dev/full": no space is left on the disk',
    });
  });

  it('writes through a symbolic link', async () => {
    const link = path.join(folder, 'latest.json');
    writeFileSync(path.join(folder, 'real.json'), 'old');
    symlinkSync('real.json', link);
    await atomicWrite(link, 'new');
    expect(readFileSync(path.join(folder, 'real.json'), 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['latest.json', 'real.json']);
  });

  it('gives the file the mode that was asked for', async () => {
    const file = path.join(folder, 'plan.json');
    await atomicWrite(file, '{}', { mode: 0o600 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});

describe('atomicWriteAll()', () => {
  it('writes the files in their order, so that a later one can tell of an earlier', async () => {
    let told = '';
    async function* first() {
      yield 'a';
      told = 'told by a';
    }
    async function* second() {
      yield told;
    }
    const [a, b] = [path.join(folder, 'a'), path.join(folder, 'b')];
    await atomicWriteAll([
      { file: a, content: first() },
      { file: b, content: second() },
    ]);
    expect([readFileSync(a, 'utf8'), readFileSync(b, 'utf8')]).toEqual(['a', 'told by a']);
    expect(readdirSync(folder).sort()).toEqual(['a', 'b']);
  });

  it('touches none of the files when one cannot be written', async () => {
    const [a, missing] = [path.join(folder, 'a'), path.join(folder, 'none', 'b')];
    writeFileSync(a, 'old');
    for (const file of [missing, folder]) {
      const written = atomicWriteAll([
        { file: a, content: 'new' },
        { file, content: 'new' },
      ]);
      await expect(written).rejects.toMatchObject({
        code: 'disk_fault',
        message: expect.stringContaining(`Cannot write "${file}"`),
      });
      expect(readFileSync(a, 'utf8')).toBe('old');
      expect(readdirSync(folder)).toEqual(['a']);
    }
  });
});
