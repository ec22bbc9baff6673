import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTextIn } from './text-in-bytes.ts';

/** Reads character by character with the decoder of the platform. */
function readSlowly(bytes: Buffer): string[] {
  const runs: string[] = [''];
  for (let at = 0; at < bytes.length; ) {
    const width = [1, 2, 3, 4].find((one) => isCharacter(bytes.subarray(at, at + one), one));
    if (width === undefined) runs.push('');
    else runs.push(`${runs.pop()}${bytes.toString('utf8', at, at + width)}`);
    at += width ?? 1;
  }
  const isLetter = (one: string) => /[a-z\d]|\P{ASCII}/iu.test(one);
  const texts = runs
    .map((run) => run.replaceAll('\0', ''))
    .filter((run) => [...run].filter(isLetter).length >= 6);
  return texts.length === 0 ? [] : [texts.join('\n')];
}

function isCharacter(bytes: Buffer, width: number): boolean {
  const text = bytes.toString('utf8');
  if (bytes.length < width || text.includes('\ufffd') || [...text].length !== 1) return false;
  return /[\t-\r\0]|[^\p{Cc}]|[\u0080-\u009f]/u.test(text);
}

describe('addTextIn()', () => {
  it('finds what reading character by character finds', () => {
    const whole = fc.constantFrom('a', 'B', '7', ' ', '\n', '\0', 'é', '€', '😀');
    const broken = fc.constantFrom(
      '01',
      '7f',
      '80',
      'bf',
      'c1',
      'c2',
      'e2',
      'e282',
      'f09f',
      'f5',
      'ff',
    );
    const part = fc.oneof(
      { weight: 4, arbitrary: whole.map((text) => Buffer.from(text)) },
      { weight: 1, arbitrary: broken.map((hex) => Buffer.from(hex, 'hex')) },
    );
    const property = fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      const bytes = Buffer.concat(parts);
      const found: string[] = [];
      addTextIn(bytes, bytes.length, found);
      expect(found).toEqual(readSlowly(bytes));
    });
    fc.assert(property, { seed: 1, numRuns: 2000 });
  });
});
