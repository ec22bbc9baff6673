import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from './line-reader.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'lines-'));

function fileOf(content: string | Buffer): string {
  const file = path.join(folder, 'some.jsonl');
  writeFileSync(file, content);
  return file;
}

async function collect(content: string | Buffer, maxBytes?: number) {
  const found = [];
  for await (const batch of readLines(fileOf(content), maxBytes ? { maxBytes } : {})) {
    for (const { buffer, prefix, ...line } of batch) {
      found.push({ ...line, text: buffer?.toString() ?? null, prefix: prefix?.toString() });
    }
  }
  return found;
}

describe('readLines()', () => {
  it('gives number, offset and length of each line, whatever its line break', async () => {
    expect(await collect('a\r\n\nbcd\n é')).toEqual([
      { number: 1, offset: 0, bytes: 1, text: 'a', blank: false, torn: false },
      { number: 2, offset: 3, bytes: 0, text: '', blank: true, torn: false },
      { number: 3, offset: 4, bytes: 3, text: 'bcd', blank: false, torn: false },
      { number: 4, offset: 8, bytes: 3, text: ' é', blank: false, torn: true },
    ]);
  });

  it('passes over a byte order mark on the first line only', async () => {
    const lines = await collect('\uFEFFa\n\uFEFFb\n');
    expect(lines.map(({ text, offset }) => [text, offset])).toEqual([
      ['a', 3],
      ['\uFEFFb', 5],
    ]);
  });

  it('gives nothing for an empty file', async () => {
    expect(await collect('')).toEqual([]);
  });

  it('flags a line of blanks, and not one of zero bytes', async () => {
    expect((await collect(' \t\r\n\0\n')).map(({ blank }) => blank)).toEqual([true, false]);
  });

  it('keeps the beginning of a line beyond the cap and reads on', async () => {
    const long = 'x'.repeat(3_000_000);
    const lines = await collect(`ab\n${long}\ncd\n${long}`, 1_500_000);
    expect(lines.map(({ text, bytes, offset }) => [text, bytes, offset])).toEqual([
      ['ab', 2, 0],
      [null, 3_000_000, 3],
      ['cd', 2, 3_000_004],
      [null, 3_000_000, 3_000_007],
    ]);
    expect(lines[1]?.prefix).toBe('x'.repeat(64 * 1024));
    expect(lines[3]?.torn).toBe(true);
  });

  it('gives lines of many chunks whole', async () => {
    const long = 'y'.repeat(5_000_000);
    const lines = await collect(`${long}\nshort\n${long}z\n`);
    expect(lines.map(({ text }) => text)).toEqual([long, 'short', `${long}z`]);
  });

  it('cuts any bytes as a plain split does', async () => {
    const piece = fc.constantFrom('', 'a', '\n', '\r\n', 'é', 'x'.repeat(700_000), 'y'.repeat(20));
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const content = pieces.join('');
        const expected = content.split('\n');
        if (expected.at(-1) === '') expected.pop();
        const found = await collect(content);
        expect(found.map(({ text }) => text)).toEqual(
          expected.map((text) => text.replace(/\r$/, '')),
        );
        const bytes = Buffer.from(content);
        for (const { offset, bytes: length, text } of found) {
          expect(bytes.subarray(offset, offset + length).toString()).toBe(text);
        }
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('names a file that is not there, and one that is a folder', async () => {
    const read = async (file: string) => (await readLines(file).next()).value;
    await expect(read(path.join(folder, 'none.jsonl'))).rejects.toMatchObject({
      code: 'input_fault',
      message: `Cannot read "${path.join(folder, 'none.jsonl')}": there is no such file or folder`,
    });
    await expect(read(folder)).rejects.toMatchObject({
      code: 'input_fault',
      message: `Cannot read "${folder}": it is a folder, expected a file`,
    });
  });

  it('stops when it is aborted', async () => {
    const stop = new AbortController();
    const lines = readLines(fileOf(`${'a\n'.repeat(2_000_000)}`), { signal: stop.signal });
    await lines.next();
    stop.abort(new Error('enough'));
    await expect(lines.next()).rejects.toThrow('enough');
  });
});
