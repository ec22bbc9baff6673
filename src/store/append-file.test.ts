import { mkdtempSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppendFile } from './append-file.ts';

const file = () => path.join(mkdtempSync(path.join(tmpdir(), 'append-')), 'trials.jsonl');

/** A disk on which a write takes at most `most` bytes, and which is full after `left` more. */
class SmallDisk {
  most = Number.POSITIVE_INFINITY;
  left = Number.POSITIVE_INFINITY;

  write = (to: number, bytes: Uint8Array, from: number, length: number): number => {
    if (this.left === 0)
      throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'write' });
    const count = writeSync(to, bytes, from, Math.min(length, this.most, this.left));
    this.left -= count;
    return count;
  };
}

describe('AppendFile', () => {
  it('says where each line stands', async () => {
    const name = file();
    const lines = new AppendFile(name);
    expect(lines.append('é')).toEqual({ offset: 0, bytes: 2 });
    expect(lines.append('ab')).toEqual({ offset: 3, bytes: 2 });
    await lines.sync();
    await lines.close();
    expect(readFileSync(name, 'utf8')).toBe('é\nab\n');
  });

  it('goes on where a write took only a part', async () => {
    const name = file();
    const disk = new SmallDisk();
    disk.most = 2;
    const lines = new AppendFile(name, { writeSome: disk.write });
    expect(lines.append('abcdef')).toEqual({ offset: 0, bytes: 6 });
    expect(readFileSync(name, 'utf8')).toBe('abcdef\n');
    await lines.close();
  });

  it('leaves the file as it was when the disk is full, and can go on later', async () => {
    const name = file();
    const disk = new SmallDisk();
    const lines = new AppendFile(name, { writeSome: disk.write });
    lines.append('ab');
    disk.most = 3;
    disk.left = 4;
    expect(() => lines.append('cdefgh')).toThrow(
      `Cannot write "${name}": no space is left on the disk`,
    );
    expect(readFileSync(name, 'utf8')).toBe('ab\n');
    disk.left = 100;
    expect(lines.append('ij')).toEqual({ offset: 3, bytes: 2 });
    expect(readFileSync(name, 'utf8')).toBe('ab\nij\n');
    await lines.close();
  });

  it('refuses a file that exists', () => {
    const name = file();
    writeFileSync(name, '');
    expect(() => new AppendFile(name)).toThrow(`Cannot write "${name}": it exists already`);
  });
});
