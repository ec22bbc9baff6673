import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonLine } from './json-text.ts';

describe('jsonLine()', () => {
  it('writes one line that means the same and steers no terminal and no CI system', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const line = jsonLine(value);
        expect(JSON.parse(line)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(line).not.toMatch(/(?!\uFE0F)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('escapes C1 controls, bidirectional controls and characters beyond 16 bits by their code units', () => {
    expect(jsonLine('\u009b\u202e\u{e0041} ##vso[x]')).toBe(
      String.raw`"\u009b\u202e\udb40\udc41 #\u0023vso[x]"`,
    );
  });

  it('keeps lone surrogates as escapes', () => {
    expect(jsonLine('\ud800')).toBe(String.raw`"\ud800"`);
  });
});
