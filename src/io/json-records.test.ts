import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonItem } from './json-item.ts';
import { readJsonRecords } from './json-records.ts';
import { JsonSplitter } from './json-splitter.ts';

const file = path.join(mkdtempSync(path.join(tmpdir(), 'records-')), 'some.json');

async function all(from: string, maxBytes?: number): Promise<JsonItem[]> {
  const items = [];
  for await (const item of readJsonRecords(from, maxBytes ? { maxBytes } : {})) items.push(item);
  return items;
}

async function collect(content: string | Buffer, maxBytes?: number): Promise<JsonItem[]> {
  writeFileSync(file, content);
  return all(file, maxBytes);
}

/** Values as they are, faults as their line and first words. */
function brief(items: readonly JsonItem[]): unknown[] {
  return items.map((item) =>
    'text' in item ? item.text.trim() : `${item.line}: ${item.fault.slice(0, 18)}`,
  );
}

describe('readJsonRecords()', () => {
  it('takes a list apart, however it is laid out', async () => {
    for (const layout of [
      '[{"a":1},{"b":[2,"]"]}]',
      '[{"a":1},\n{"b":[2,"]"]}\n]\n',
      '\uFEFF[\r\n  {"a":1}\r\n ,\r\n{"b":[2,"]"]}]',
    ]) {
      expect(brief(await collect(layout))).toEqual(['{"a":1}', '{"b":[2,"]"]}']);
    }
  });

  it('gives each line of JSONL with its place', async () => {
    const items = await collect('{"a":1}\n\n {"b":"é"}\r\n{"c":3}');
    expect(items).toEqual([
      { line: 1, offset: 0, array: null, text: '{"a":1}' },
      { line: 3, offset: 10, array: null, text: '{"b":"é"}\r' },
      { line: 4, offset: 22, array: null, text: '{"c":3}' },
    ]);
  });

  it('says which list a record is an element of', async () => {
    const items = await collect('[{"a":1},{"a":2}]\n[{"a":3}]\n');
    expect(items.map(({ array, line }) => [array, line])).toEqual([
      [0, 1],
      [0, 1],
      [1, 2],
    ]);
  });

  it('gives one object over many lines as one record', async () => {
    for (const text of [
      JSON.stringify({ a: [{ b: 1 }, 'x{"'], c: { d: '\\' } }, null, 2),
      '{"messages": [\n{"role":"user"},\n{"role":"assistant"}\n]}',
      '{"a":\n{"b":1}}',
    ]) {
      expect(brief(await collect(text))).toEqual([text]);
      expect(brief(await collect(`${text}\n`))).toEqual([text]);
    }
  });

  it('reads on after a line that is cut off, whichever it is', async () => {
    const [a, b, c] = ['{"a":{"b":1}}', '{"a":{"b":2}}', '{"a":{"b":3}}'];
    expect(brief(await collect(`{"a":{"b"\n${b}\n${c}\n`))).toEqual([
      '1: The line ends insi',
      b,
      c,
    ]);
    expect(brief(await collect(`{"a":{"b\n${b}\n${c}\n`))).toEqual(['1: A text is not clos', b, c]);
    expect(brief(await collect(`${a}\n{"a":{"b\n${c}\n`))).toEqual([a, '{"a":{"b', c]);
    expect(brief(await collect(`${a}\n${b}\n{"a"`))).toEqual([a, b, '{"a"']);
  });

  it('says that a file is cut off inside a record or a list', async () => {
    expect(brief(await collect('[{"a":1},{"b"'))).toEqual([
      '{"a":1}',
      '1: The file ends insi',
      '1: The file ends befo',
    ]);
    expect(brief(await collect('[{"a":1},\n{"b":2}\n'))).toEqual([
      '{"a":1}',
      '{"b":2}',
      '1: The file ends befo',
    ]);
    expect(brief(await collect('{\n  "a": 1,\n'))).toEqual(['1: The file ends insi']);
  });

  it('names what stands wrong between the elements of a list', async () => {
    expect(brief(await collect('[{"a":1}\n{"b":2},\n,{"c":3},]'))).toEqual([
      '{"a":1}',
      '2: Expected a comma b',
      '{"b":2}',
      '3: Expected a record ',
      '{"c":3}',
      '3: Expected a record ',
    ]);
    expect(brief(await collect('[]'))).toEqual(['1: The list is empty,']);
    expect(brief(await collect('["a,]b", 12, null]'))).toEqual(['"a,]b"', '12', 'null']);
  });

  it('passes over no more than the lines that a broken text takes with it', async () => {
    const items = await collect('[{"a":"x\ny"},\nrubbish\n{"b":2},\n{"c":3}]');
    expect(items.map((item) => ('text' in item ? item.text : item.fault))).toEqual([
      'A text is not closed when its line ends, lines 1 to 3 were passed over',
      '{"b":2}',
      '{"c":3}',
    ]);
  });

  it('reads lines that are no JSON one by one', async () => {
    expect(brief(await collect('hello world, {\nsecond line\n'))).toEqual([
      'hello world, {',
      'second line',
    ]);
  });

  it('names records beyond the cap and bytes that are no text', async () => {
    const long = `{"a":"${'x'.repeat(3_000_000)}"}`;
    expect(brief(await collect(`[${long},{"b":1}]`, 2 * 1024 * 1024))).toEqual([
      '1: The record is long',
      '{"b":1}',
    ]);
    expect(brief(await collect(`{"b":1}\n${long}\n{"b":2}`, 2 * 1024 * 1024))).toEqual([
      '{"b":1}',
      '2: The record is long',
      '{"b":2}',
    ]);
    const bytes = Buffer.from('{"a":"?"}\n{"b":1}\n');
    bytes[6] = 0xff;
    expect(brief(await collect(bytes))).toEqual(['1: The record is not ', '{"b":1}']);
  });

  it('names a file that is not there', async () => {
    await expect(all(`${file}.none`)).rejects.toMatchObject({
      code: 'input_fault',
    });
  });

  it('does not mind deep nesting', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(brief(await collect(`[${deep}]`))).toEqual([deep]);
  });
});

/** Splits bytes that arrive in pieces of the given length. */
function split(bytes: Buffer, piece: number): JsonItem[] {
  const splitter = new JsonSplitter(1024 * 1024);
  const items: JsonItem[] = [];
  for (let at = 0; at < bytes.length; at += piece) {
    items.push(...splitter.take(Buffer.from(bytes.subarray(at, at + piece))));
  }
  return [...items, ...splitter.end()];
}

describe('JsonSplitter', () => {
  const record = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, maxKeys: 3 });
  const indent = fc.constantFrom(0, 1, 2);

  it('finds the records of any layout, however the bytes arrive', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 5 }),
        indent,
        fc.integer({ min: 1, max: 9 }),
        (records, space, piece) => {
          const lines = records.map((value) => JSON.stringify(value));
          for (const content of [
            JSON.stringify(records, null, space),
            `${lines.join('\n')}\n`,
            lines.join('\r\n'),
          ]) {
            const items = split(Buffer.from(content), piece);
            const texts = items.map((item) => ('text' in item ? item.text : item.fault));
            expect(texts.map((text) => JSON.stringify(JSON.parse(text)))).toEqual(lines);
          }
        },
      ),
    );
  });

  it('finds the same however any bytes arrive', () => {
    const junk = fc.array(
      fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', '\n', '1', 'a', ' '),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(junk, (pieces) => {
        const bytes = Buffer.from(pieces.join(''));
        const whole = split(bytes, 1000);
        for (const piece of [1, 2, 7]) expect(split(bytes, piece)).toEqual(whole);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('gives something for any bytes that are not blank', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (bytes) => {
        const blank = bytes.every((byte) => [9, 10, 13, 32].includes(byte));
        expect(split(Buffer.from(bytes), 16).length > 0).toBe(!blank);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
