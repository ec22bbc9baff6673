import { createWriteStream, existsSync } from 'node:fs';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { outputOf, writeAll } from './output.ts';

function failing(code: string): Writable {
  return new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error(code), { code, syscall: 'write' }));
    },
  });
}

async function* endless(seen: { pieces: number }) {
  for (;;) {
    seen.pieces++;
    yield 'x'.repeat(70_000);
  }
}

describe('outputOf()', () => {
  it('writes text and says that it was taken', async () => {
    const chunks: string[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        chunks.push(String(chunk));
        done();
      },
    });
    const output = outputOf(stream, 'standard output');
    expect(await output.write('one ')).toBe(true);
    expect(await output.write('two')).toBe(true);
    expect(chunks.join('')).toBe('one two');
    expect(outputOf(stream, 'standard output')).toBe(output);
  });

  it('goes quiet when the reader went away, now and later', async () => {
    const output = outputOf(failing('EPIPE'), 'standard output');
    expect(await output.write('one')).toBe(false);
    expect(await output.write('two')).toBe(false);
  });

  it('throws a disk fault that names the stream when the disk is full', async () => {
    const output = outputOf(failing('ENOSPC'), 'standard output');
    await expect(output.write('one')).rejects.toMatchObject({
      code: 'disk_fault',
      message: 'Cannot write "standard output": no space is left on the disk',
    });
  });

  it.skipIf(!existsSync('/dev/full'))('throws a disk fault for /dev/full', async () => {
    const output = outputOf(createWriteStream('/dev/full'), 'standard output');
    await expect(output.write('one')).rejects.toMatchObject({ code: 'disk_fault' });
  });
});

describe('writeAll()', () => {
  it('stops reading what nobody will see', async () => {
    const seen = { pieces: 0 };
    await writeAll(outputOf(failing('EPIPE'), 'standard output'), endless(seen));
    expect(seen.pieces).toBe(1);
  });

  it('gathers small pieces for one write', async () => {
    const sizes: number[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        sizes.push(chunk.length);
        done();
      },
    });
    async function* pieces() {
      for (let at = 0; at < 1000; at++) yield 'x'.repeat(100);
    }
    await writeAll(outputOf(stream, 'standard output'), pieces());
    expect(sizes.reduce((a, b) => a + b)).toBe(100_000);
    expect(sizes.length).toBe(2);
  });
});
