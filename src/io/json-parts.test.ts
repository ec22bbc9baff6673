import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonPart } from './json-part.ts';
import { JsonPartSplitter } from './json-part-splitter.ts';
import { readJsonParts } from './json-parts.ts';

const choice = { keys: new Set(['a', 'rows', '__proto__']), lists: new Set(['rows']) };
const file = path.join(mkdtempSync(path.join(tmpdir(), 'parts-')), 'some.json');

async function parts(content: string | Buffer): Promise<JsonPart[]> {
  writeFileSync(file, content);
  const found = [];
  const fault = (place: string, state: string) => new Error(`${place}: ${state}`);
  for await (const batch of readJsonParts(file, { ...choice, fault })) found.push(...batch);
  return found;
}

const brief = (found: readonly JsonPart[]) =>
  found.map(({ kind, key, value }) => [kind, key, value]);

describe('readJsonParts()', () => {
  it('takes lists apart and passes over what is not wanted, however it is laid out', async () => {
    const value = { a: '],{"', other: [{ rows: [1] }], rows: [{ b: [1, { c: '\\"' }] }, 2, 'x'] };
    const wanted = [
      ['value', 'a', '],{"'],
      ['element', 'rows', value.rows[0]],
      ['element', 'rows', 2],
      ['element', 'rows', 'x'],
      ['end', 'rows', 3],
    ];
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
      expect(brief(await parts(text))).toEqual(wanted);
      expect(brief(await parts(`\uFEFF\r\n${text}\n\n`))).toEqual(wanted);
    }
  });

  it('tells where each piece stands, so that it can be read again', async () => {
    const text = '{"é": 1,\n "rows": [\n  {"n": "ö"},\n  7]}';
    const bytes = Buffer.from(text);
    const found = (await parts(text)).filter(({ kind }) => kind === 'element');
    const again = found.map(({ offset, bytes: length }) =>
      JSON.parse(bytes.subarray(offset, offset + length).toString()),
    );
    expect(again).toEqual([{ n: 'ö' }, 7]);
    expect(found.map(({ line }) => line)).toEqual([3, 4]);
  });

  it('takes __proto__ for a key like any other, and a list that is none for a value', async () => {
    expect(brief(await parts('{"__proto__": {"x": 1}, "rows": null}'))).toEqual([
      ['value', '__proto__', { x: 1 }],
      ['value', 'rows', null],
    ]);
    expect(brief(await parts('{"rows": []}'))).toEqual([['end', 'rows', 0]]);
    expect(await parts('{}')).toEqual([]);
  });

  it.each([
    ['', 'line 1 (byte 0): it is empty'],
    ['[1]', 'line 1 (byte 0): it is not valid JSON, expected a JSON object'],
    ['{"a": 1', 'line 1 (byte 6): the file ends inside what begins here: it seems cut off'],
    ['{"a": [1]', 'line 1 (byte 9): the file ends here: it seems cut off'],
    ['{"rows": [1,\n{"b": 2', 'line 2 (byte 13): the file ends inside what begins here'],
    ['{"rows": [1, 2', 'line 1 (byte 13): the file ends inside what begins here'],
    ['{"rows": [1]', 'line 1 (byte 12): the file ends here: it seems cut off'],
    ['{"rows": [1,]}', 'line 1 (byte 12): it is not valid JSON, expected element'],
    ['{"rows": [1 2]}', 'expected comma or end of list'],
    ['{"rows": [1}', 'expected comma or end of list'],
    ['{"a": 1,}', 'expected key'],
    ['{"a" 1}', 'expected colon'],
    ['{"a": }', 'expected value'],
    ['{a: 1}', 'expected key or end'],
    ['{"a": 1} {', 'expected nothing'],
    ['{"a": tru}', 'it is not valid JSON ('],
    ['{"a": {"b": 01}}', 'it is not valid JSON ('],
    ['{"rows": [{"b": "x\n"}]}', 'line 1 (byte 10): a text is not closed when its line ends'],
    ['{"a": 1, "a": 2}', 'it has "a" twice'],
  ])('throws at %j', async (text, words) => {
    await expect(parts(text)).rejects.toThrow(words);
  });

  it('does not take bytes that are no UTF-8', async () => {
    const broken = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]);
    await expect(parts(broken)).rejects.toThrow('UTF-8');
  });
});

describe('JsonPartSplitter', () => {
  it('gives the same pieces wherever the bytes are cut', () => {
    const rows = fc.array(fc.jsonValue({ maxDepth: 3 }));
    const text = fc
      .tuple(fc.record({ rows, a: fc.jsonValue(), other: fc.jsonValue() }), fc.boolean())
      .map(([value, pretty]) => JSON.stringify(value, null, pretty ? 2 : 0));
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (json, size) => {
        const value = JSON.parse(json);
        const splitter = new JsonPartSplitter(choice, (_, state) => new Error(state));
        const bytes = Buffer.from(json);
        const found: JsonPart[] = [];
        for (let at = 0; at < bytes.length; at += size) {
          const chunk = Buffer.from(bytes.subarray(at, at + size));
          found.push(...splitter.take(chunk));
          chunk.fill(0); // as a buffer that is used again
        }
        splitter.end();
        const elements = found.filter(({ kind }) => kind === 'element');
        expect(elements.map((part) => part.value)).toEqual(value.rows);
        expect(found.find(({ key }) => key === 'a')?.value).toEqual(value.a);
      }),
      { seed: 1 },
    );
  });
});
