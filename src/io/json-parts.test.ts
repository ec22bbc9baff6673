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

/** What a splitter makes of bytes that come in pieces of a size. */
function cut(bytes: Buffer, size: number): JsonPart[] {
  const splitter = new JsonPartSplitter(choice, (_, state) => new Error(state));
  const found: JsonPart[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    found.push(...splitter.take(chunk));
    chunk.fill(0); // as a buffer that is used again
  }
  splitter.end();
  return found;
}

/** What JSON.parse makes of a text, null where it is no object. */
function parsed(text: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

describe('JsonPartSplitter', () => {
  const value = () => fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' });
  const text = fc
    .tuple(
      fc.record({ rows: fc.array(value()), a: value(), other: value() }),
      fc.constantFrom(0, 2, '\t'),
      fc.constantFrom('', '\uFEFF', '\r\n'),
    )
    .map(([whole, space, before]) => before + JSON.stringify(whole, null, space));
  const size = fc.integer({ min: 1, max: 40 });

  it('gives the same pieces wherever the bytes are cut, each where it stands', () => {
    fc.assert(
      fc.property(text, size, (json, length) => {
        const bytes = Buffer.from(json);
        const whole = JSON.parse(json.replace('\uFEFF', ''));
        const found = cut(bytes, length);
        const elements = found.filter(({ kind }) => kind === 'element');
        expect(elements.map((part) => part.value)).toEqual(whole.rows);
        expect(found.find(({ key }) => key === 'a')?.value).toEqual(whole.a);
        for (const { kind, value: own, offset, bytes: size, line } of found) {
          if (kind === 'end') continue;
          expect(JSON.parse(bytes.toString('utf8', offset, offset + size))).toEqual(own);
          expect(bytes.toString('utf8', 0, offset).split('\n').length).toBe(line);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('takes no beginning of a file for the whole', () => {
    fc.assert(
      fc.property(text, fc.nat(), size, (json, at, length) => {
        const bytes = Buffer.from(json.trim());
        expect(() => cut(bytes.subarray(0, at % bytes.length), length)).toThrow();
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('takes of wanted keys what JSON.parse takes, and nothing else', () => {
    const signs = ['{', '}', '[', ']', ',', ':', '"', '\\', '\n', ' ', '1', '-', 'e', 'null'];
    const token = fc.constantFrom(...signs, '"a"', '"rows"', '\u00a0');
    const noise = fc.array(token, { maxLength: 14 }).map((tokens) => `{"a":${tokens.join('')}`);
    fc.assert(
      fc.property(noise, size, (json, length) => {
        let found: JsonPart[] | null = null;
        try {
          found = cut(Buffer.from(json), length);
        } catch (thrown) {
          if (String(thrown).includes('twice')) return;
        }
        const whole = parsed(json);
        expect(found === null).toBe(whole === null);
        if (whole) expect(found?.find(({ key }) => key === 'a')?.value).toEqual(whole['a']);
      }),
      { seed: 3, numRuns: 5000 },
    );
  });
});
