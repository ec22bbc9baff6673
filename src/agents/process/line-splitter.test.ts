import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from './line-splitter.ts';

function split(chunks: readonly Buffer[], maxBytes = 1000) {
  const splitter = new LineSplitter(maxBytes);
  const lines: string[] = [];
  for (const chunk of chunks) {
    for (const line of splitter.lines(chunk)) lines.push(line.toString('latin1'));
  }
  const { tooLong } = splitter;
  const rest = splitter.rest();
  if (rest !== null) lines.push(rest.toString('latin1'));
  return { lines, tooLong };
}

/** The lines of the whole at once, up to the first that is too long. */
function expected(text: string, maxBytes: number) {
  const parts = text.split('\n');
  const long = parts.findIndex((part) => part.length > maxBytes);
  const lines = long === -1 ? parts : parts.slice(0, long);
  if (long === -1 && lines.at(-1) === '') lines.pop();
  return { lines: lines.map((line) => line.replace(/\r$/, '')), tooLong: long !== -1 };
}

describe('LineSplitter', () => {
  it('gives the same lines however the bytes are cut into chunks', () => {
    const letter = fc.constantFrom('a', 'é', '\n', '\r', '\0');
    const chunks = fc.array(fc.array(letter, { maxLength: 12 }), { maxLength: 12 });
    fc.assert(
      fc.property(chunks, fc.integer({ min: 0, max: 10 }), (pieces, maxBytes) => {
        const texts = pieces.map((piece) => piece.join(''));
        const buffers = texts.map((text) => Buffer.from(text, 'latin1'));
        expect(split(buffers, maxBytes)).toEqual(expected(texts.join(''), maxBytes));
      }),
    );
  });

  it('gives lines that stay as they are when more comes', () => {
    const splitter = new LineSplitter(100);
    const first = [...splitter.lines(Buffer.from('on')), ...splitter.lines(Buffer.from('e\n'))];
    expect([...splitter.lines(Buffer.from('tw'))]).toEqual([]);
    expect([...splitter.lines(Buffer.from('o\n'))].map(String)).toEqual(['two']);
    expect(first.map(String)).toEqual(['one']);
  });
});
