import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AgentopsError } from '../errors.ts';
import { sha256Hex } from '../json/digest.ts';
import type { JudgeExchange } from './judge-exchange.ts';
import { openJudgeRecording } from './judge-recording.ts';

async function recordingFile(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'judgements-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return path.join(folder, 'shop.judges.jsonl');
}

function exchange(name: string, more: Partial<JudgeExchange> = {}): JudgeExchange {
  return {
    schema_version: 1,
    key: sha256Hex(name),
    judge: 'polite',
    suite: null,
    task: 'refund',
    agent: 'clerk',
    attack: null,
    trial: 1,
    step: null,
    model: 'm',
    vote: 1,
    attempt: 1,
    parts: { rubric: 'aa' },
    flags: [],
    nonce: 'n1',
    text: `{"answer":"${name}"} ,"nonce":"`,
    refusal: null,
    cut_off: false,
    usage: { input_tokens: 10, output_tokens: 2 },
    cost_usd: 0.01,
    request: { model: 'm' },
    response: { id: 'r' },
    ...more,
  };
}

/** What is found of it: all but what is for people. */
function found(name: string): JudgeExchange {
  const { request: _, response: __, ...rest } = exchange(name);
  return rest as JudgeExchange; // both may be absent
}

async function writing(file: string) {
  return openJudgeRecording(file, { writes: true });
}

async function reading(file: string, note: (text: string) => void = () => undefined) {
  const recording = await openJudgeRecording(file, { writes: false, note });
  onTestFinished(() => recording.close());
  return recording;
}

function written(file: string, exchanges: readonly unknown[], end = '\n'): void {
  writeFileSync(file, exchanges.map((each) => JSON.stringify(each)).join('\n') + end);
}

function answersOf(file: string): (string | null)[] {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => (JSON.parse(line) as JudgeExchange).text); // written here
}

describe('openJudgeRecording() finds', () => {
  test('nothing where there is no file, and makes none', async () => {
    const file = await recordingFile();
    const recording = await writing(file);
    expect(recording.find(sha256Hex('a'))).toBe(null);
    await recording.close();
    expect(existsSync(file)).toBe(false);
  });

  test('what was appended, at once, and in a later run', async () => {
    const file = await recordingFile();
    const recording = await writing(file);
    recording.append(exchange('grüße'));
    expect(recording.find(sha256Hex('grüße'))).toEqual(found('grüße'));
    expect((await reading(file)).find(sha256Hex('grüße'))).toEqual(found('grüße'));
    await recording.close();
    expect((await reading(file)).find(sha256Hex('grüße'))).toEqual(found('grüße'));
  });

  test('the first of two exchanges with one key', async () => {
    const file = await recordingFile();
    written(file, [exchange('a'), exchange('a', { text: 'second' })]);
    expect((await reading(file)).find(sha256Hex('a'))).toEqual(found('a'));
  });

  test('exchanges whose keys stand in another order', async () => {
    const file = await recordingFile();
    const turned = Object.fromEntries(Object.entries(exchange('a')).reverse());
    written(file, [turned]);
    const recording = await reading(file);
    expect(recording.find(sha256Hex('a'))).toEqual(exchange('a'));
    expect(recording.near(exchange('b'))).toHaveLength(1);
  });

  test('exchanges with other keys between those of ours', async () => {
    const file = await recordingFile();
    const { request, text, ...rest } = exchange('a');
    written(file, [{ ...rest, request, text, extra: { request: 1, nonce: 'x' } }]);
    expect((await reading(file)).find(sha256Hex('a'))).toMatchObject(exchange('a'));
  });

  test('exchanges that stand megabytes apart', async () => {
    const file = await recordingFile();
    const names = Array.from({ length: 6 }, (_, at) => `n${at}`);
    written(
      file,
      names.map((name) => exchange(name, { request: 'x'.repeat(400_000) })),
    );
    const recording = await reading(file);
    for (const name of names.reverse()) {
      expect(recording.find(sha256Hex(name))?.text).toContain(name);
    }
  });
});

describe('openJudgeRecording() faces', () => {
  const torn = JSON.stringify(exchange('torn')).slice(0, 300);

  test('a last line that is cut off: it is left out, noted, and taken away before another', async () => {
    const file = await recordingFile();
    written(file, [exchange('a')], `\n${torn}`);
    const notes: string[] = [];
    const recording = await openJudgeRecording(file, {
      writes: true,
      note: (text) => notes.push(text),
    });
    expect(notes).toEqual([`Line 2 of recording "${file}" is cut off and left out`]);
    recording.append(exchange('b'));
    expect((await reading(file)).find(sha256Hex('b'))).not.toBe(null);
    await recording.close();
    expect(answersOf(file)).toEqual([exchange('a').text, exchange('b').text].sort(byKey));
  });

  test('a last line without its line break', async () => {
    const file = await recordingFile();
    written(file, [exchange('a')], '');
    const recording = await writing(file);
    recording.append(exchange('b'));
    expect((await reading(file)).find(sha256Hex('b'))).not.toBe(null);
    expect((await reading(file)).find(sha256Hex('a'))).not.toBe(null);
    await recording.close();
  });

  test.each([
    ['no JSON', `${torn}\n${JSON.stringify(exchange('b'))}\n`, 'it is no JSON'],
    ['no JSON at the end', 'oh\n', 'it is no JSON'],
    ['no exchange', '{"schema_version":1}\n', '"key" is not valid'],
    ['no key', `${JSON.stringify({ ...exchange('b'), key: 'x' })}\n`, '"key" is not valid'],
    ['of a later version', `{"schema_version":2}`, '"schema_version" is not valid'],
  ])('a line that is %s', async (_, second, why) => {
    const file = await recordingFile();
    written(file, [exchange('a')], `\n${second}`);
    const opened = openJudgeRecording(file, { writes: false });
    await expect(opened).rejects.toThrow(`Cannot read line 2 of recording "${file}": ${why}`);
    await expect(opened).rejects.toBeInstanceOf(AgentopsError);
  });

  test('a line that only looks like one of ours, once it is asked for', async () => {
    const file = await recordingFile();
    const { nonce: _, ...rest } = exchange('b');
    written(file, [exchange('a'), rest]);
    const recording = await reading(file);
    expect(() => recording.find(sha256Hex('b'))).toThrow(
      `Cannot read line 2 of recording "${file}": "nonce" is not valid`,
    );
    expect(recording.find(sha256Hex('a'))).not.toBe(null);
  });

  test('a folder in its place', async () => {
    const folder = path.dirname(await recordingFile());
    await expect(openJudgeRecording(folder, { writes: true })).rejects.toThrow('it is a folder');
  });

  test('a response nested too deeply to be written: it is left out', async () => {
    const file = await recordingFile();
    const recording = await writing(file);
    const response: unknown = JSON.parse(`${'['.repeat(1e5)}${']'.repeat(1e5)}`);
    recording.append(exchange('a', { response }));
    expect(recording.find(sha256Hex('a'))?.text).toBe(exchange('a').text);
    await recording.close();
  });

  test('a response too long to be read again: it is left out', async () => {
    const file = await recordingFile();
    const recording = await writing(file);
    recording.append(exchange('a', { response: { padding: '\u0001'.repeat(11 * 1024 * 1024) } }));
    await recording.close();
    const again = await openJudgeRecording(file, { writes: false });
    expect(again.find(sha256Hex('a'))?.text).toBe(exchange('a').text);
    expect(readFileSync(file, 'utf8')).not.toContain('padding');
  });
});

function byKey(a: string | null, b: string | null): number {
  const keyOf = (text: string | null) =>
    sha256Hex(JSON.parse((text ?? '').split(' ,')[0] ?? '').answer);
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

describe('openJudgeRecording() closes', () => {
  test('with its exchanges in an order of their own', async () => {
    const exchanges = [
      exchange('a', { judge: 'a', text: '1' }),
      exchange('b', { task: 'a', text: '2' }),
      exchange('c', { attack: 'z', text: '9' }),
      exchange('d', { trial: 2, text: '7' }),
      exchange('e', { trial: 10, text: '8' }),
      exchange('f', { step: 4, text: '6' }),
      exchange('g', { attempt: 2, text: '4' }),
      exchange('h', { attempt: 1, text: '3' }),
      exchange('i', { model: 'n', text: '5' }),
    ];
    const orders = [exchanges, exchanges.toReversed()];
    const contents: string[] = [];
    for (const order of orders) {
      const file = await recordingFile();
      const recording = await writing(file);
      for (const each of order) recording.append(each);
      await recording.close();
      await recording.close();
      expect(answersOf(file)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
      contents.push(readFileSync(file, 'utf8'));
    }
    expect(contents[0]).toBe(contents[1]);
  });

  test('byte for byte as it was where nothing was added', async () => {
    const file = await recordingFile();
    written(file, [exchange('b', { judge: 'z' }), exchange('a')], '');
    const before = readFileSync(file, 'utf8');
    await (await writing(file)).close();
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('with what a second run wrote meanwhile', async () => {
    const file = await recordingFile();
    written(file, [exchange('old', { task: 'a', text: 'old' })]);
    const [first, second] = [await writing(file), await writing(file)];
    first.append(exchange('one', { task: 'b', text: 'one' }));
    second.append(exchange('two', { task: 'c', text: 'two' }));
    second.append(exchange('one', { task: 'b', text: 'one again' }));
    await first.close();
    second.append(exchange('three', { task: 'd', text: 'three' }));
    expect(second.find(sha256Hex('three'))?.text).toBe('three');
    await second.close();
    expect(answersOf(file)).toEqual(['old', 'one', 'two', 'three']);
  });

  test('where another file took its place before anything was added', async () => {
    const file = await recordingFile();
    written(file, [exchange('old', { task: 'a', text: 'old' })]);
    const [first, second] = [await writing(file), await writing(file)];
    first.append(exchange('one', { task: 'b', text: 'one' }));
    await first.close();
    second.append(exchange('two', { task: 'c', text: 'two' }));
    expect(second.find(sha256Hex('two'))?.text).toBe('two');
    expect(second.find(sha256Hex('old'))?.text).toBe('old');
    await second.close();
    expect(answersOf(file)).toEqual(['old', 'one', 'two']);
  });
});

describe('openJudgeRecording() knows near', () => {
  test('the same ballot that was asked otherwise', async () => {
    const file = await recordingFile();
    const [other, same] = [
      exchange('a', { model: 'n' }),
      exchange('b', { parts: { shown: 'bb' } }),
    ];
    written(file, [other, same, exchange('c', { vote: 2 }), exchange('d', { step: 1 })]);
    const recording = await reading(file);
    const near = recording.near(exchange('x'));
    expect(near.map(({ model, parts }) => [model, parts])).toEqual([
      ['n', { rubric: 'aa' }],
      ['m', { shown: 'bb' }],
    ]);
    expect(recording.near(exchange('x', { task: 'other' }))).toEqual([]);
  });
});

test('openJudgeRecording() writes no secret', async () => {
  const file = await recordingFile();
  const redact = (text: string) => text.replaceAll('s3cret', '[redacted]');
  const recording = await openJudgeRecording(file, { writes: true, redact });
  const body = { s3cret: ['a s3cret'] };
  const more = { text: 's3cret', refusal: 's3cret', request: body, response: body };
  recording.append(exchange('a', more));
  const redacted = { '[redacted]': ['a [redacted]'] };
  const line: unknown = JSON.parse(readFileSync(file, 'utf8'));
  expect(line).toMatchObject({
    text: '[redacted]',
    refusal: '[redacted]',
    request: redacted,
    response: redacted,
  });
  expect(JSON.stringify(line)).not.toContain('s3cret');
  await recording.close();
});

test('openJudgeRecording() that only reads refuses to grow', async () => {
  const file = await recordingFile();
  const recording = await reading(file);
  expect(() => recording.append(exchange('a'))).toThrow(TypeError);
  expect(existsSync(file)).toBe(false);
});
