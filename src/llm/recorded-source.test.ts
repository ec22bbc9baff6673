import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ModelRequest } from '../model/exchange.ts';
import { type RecordedOptions, recordedSource } from './recorded-source.ts';
import { askerOf, chatOf, testFolder } from './recordings.test-support.ts';

interface Row {
  task?: string;
  trial?: number;
  nth?: number;
  request?: ModelRequest;
  answer?: unknown;
}

function line({ task = 'refund', trial = 1, nth = 1, request = chatOf('Hi'), answer = 'ok' }: Row) {
  const { dialect, body } = request;
  const head = { schema_version: 1, dialect, task, trial, nth };
  return JSON.stringify({ ...head, request: body, response: { status: 200, body: answer } });
}

async function written(text: string): Promise<string> {
  const file = path.join(await testFolder(), 'shop.recording.jsonl');
  await writeFile(file, text);
  return file;
}

async function recorded(rows: readonly Row[], options?: RecordedOptions) {
  const file = await written(rows.map((row) => `${line(row)}\n`).join(''));
  const source = await recordedSource(file, options);
  onTestFinished(() => source.close());
  const asking = (asker: ReturnType<typeof askerOf>) => async (request: ModelRequest) =>
    (await source.ask(request, asker)).body;
  return { source, asking };
}

async function messageOf(asking: Promise<unknown>): Promise<string> {
  const error = await asking.then(
    () => expect.unreachable(),
    (thrown) => thrown,
  );
  return String(error.message).replace(/"[^"]*\/(shop[^"]*)"/g, '"$1"');
}

describe('recordedSource() answers', () => {
  test('a request whatever the order of its keys and whether it streams', async () => {
    const { asking } = await recorded([{ answer: 'Hello' }]);
    const body = { stream: true, messages: [{ content: 'Hi', role: 'user' }], model: 'gpt-5-mini' };
    expect(await asking(askerOf('refund'))({ dialect: 'chat', body })).toBe('Hello');
  });

  test('equal requests of a trial in the order in which they were asked, the last again', async () => {
    const rows = ['one', 'two', 'three'].map((answer, at) => ({ nth: at + 1, answer }));
    const { asking } = await recorded(rows.toReversed());
    const first = asking(askerOf('refund'));
    const second = asking(askerOf('refund'));
    const request = chatOf('Hi');
    expect(await first(request)).toBe('one');
    expect(await second(request)).toBe('one');
    expect(await first(request)).toBe('two');
    expect(await first(request)).toBe('three');
    expect(await first(request)).toBe('three');
    expect(await second(request)).toBe('two');
  });

  test('from its own trial, else from one of its task, else from any', async () => {
    const { asking } = await recorded([
      { task: 'cancel', answer: 'cancel' },
      { trial: 1, answer: 'first' },
      { trial: 2, answer: 'second' },
      { trial: 4, answer: 'fourth' },
    ]);
    const answerTo = (task: string, trial: number) => asking(askerOf(task, trial))(chatOf('Hi'));
    expect(await answerTo('refund', 2)).toBe('second');
    expect(await answerTo('refund', 4)).toBe('fourth');
    expect(await answerTo('refund', 3)).toBe('fourth');
    expect(await answerTo('refund', 5)).toBe('second');
    expect(await answerTo('refund', 6)).toBe('fourth');
    expect(await answerTo('new', 7)).toBe('cancel');
  });

  test('the same in whatever order trials ask', async () => {
    const rows = Array.from({ length: 12 }, (_, at) => ({
      task: `t${at % 3}`,
      nth: (at % 4) + 1,
      answer: at,
    }));
    const { asking } = await recorded(rows);
    const run = async (order: readonly number[]) => {
      const asks = [0, 1, 2].map((at) => asking(askerOf(`t${at}`)));
      const seen: unknown[][] = [[], [], []];
      for (const at of order) seen[at]?.push(await asks[at]?.(chatOf('Hi')));
      return seen;
    };
    expect(await run([0, 0, 0, 1, 1, 1, 2, 2, 2])).toEqual(await run([2, 1, 0, 0, 2, 1, 1, 2, 0]));
  });

  test('with the refusal that was recorded', async () => {
    const { dialect, body } = chatOf('Hi');
    const response = { status: 400, body: { error: { message: 'no' } } };
    const head = { schema_version: 1, dialect, task: 'a', trial: 1, nth: 1 };
    const source = await recordedSource(
      await written(`${JSON.stringify({ ...head, request: body, response })}\n`),
    );
    expect(await source.ask(chatOf('Hi'), askerOf('a'))).toEqual(response);
    await source.close();
    await source.close();
  });

  test('names such as __proto__', async () => {
    const { asking } = await recorded([{ task: '__proto__', answer: 1 }]);
    expect(await asking(askerOf('__proto__'))(chatOf('Hi'))).toBe(1);
    expect(await asking(askerOf('constructor'))(chatOf('Hi'))).toBe(1);
  });

  test('a request with a secret that was taken out of the recording', async () => {
    const redact = (text: string) => text.replaceAll('hunter22', '[redacted:PASSWORD]');
    const { asking } = await recorded([{ request: chatOf('[redacted:PASSWORD]'), answer: 'in' }], {
      redact,
    });
    expect(await asking(askerOf('refund'))(chatOf('hunter22'))).toBe('in');
  });

  test('nobody whose trial was stopped', async () => {
    const { source } = await recorded([{ answer: 1 }]);
    const stopped = askerOf('refund', 1, AbortSignal.abort('limit'));
    await expect(source.ask(chatOf('Hi'), stopped)).rejects.toBe('limit');
  });

  test('2,000 trials of equal requests without comparing them all', {
    timeout: 20_000,
  }, async () => {
    const rows = Array.from({ length: 2000 }, (_, at) => ({ task: `t${at}`, answer: at }));
    const { asking } = await recorded(rows);
    const answers = await Promise.all(rows.map(({ task }) => asking(askerOf(task))(chatOf('Hi'))));
    expect(answers).toEqual(rows.map(({ answer }) => answer));
  });
});

describe('recordedSource() says of a request that it lacks', () => {
  const after = 'run again with --record to refresh';

  test('where it differs first from the nearest of its task', async () => {
    const { source } = await recorded([
      { task: 'other', request: chatOf('Hi', { temperature: 0 }) },
      { nth: 1, request: chatOf('Refund order 1042') },
      { nth: 2, request: chatOf('Thanks', { temperature: 1 }) },
    ]);
    expect(await messageOf(source.ask(chatOf('Refund order 7'), askerOf('refund', 3)))).toBe(
      `Cannot answer request 1 of task "refund", trial 3: recording "shop.recording.jsonl" does not hold it; the nearest, request 1 in trial 1, differs first at /messages/0/content: was "Refund order 1042", is "Refund order 7"; ${after}`,
    );
  });

  test('with the nearest of another task where its own was not recorded', async () => {
    const { source } = await recorded([{ task: 'cancel', request: chatOf('Hi', { seed: 1 }) }]);
    expect(await messageOf(source.ask(chatOf('Hi'), askerOf('refund')))).toContain(
      'the nearest, request 1 of task "cancel" in trial 1, differs first at /seed: was 1, is nothing;',
    );
  });

  test('the part of a long text in which it differs', async () => {
    const long = 'You are a helpful agent. '.repeat(40);
    const { source } = await recorded([{ request: chatOf(`${long}Be brief.${long}`) }]);
    const message = await messageOf(
      source.ask(chatOf(`${long}Be kind.${long}`), askerOf('refund')),
    );
    expect(message).toContain(': was "…. You are a helpful agent. Be brief.You are');
    expect(message).toContain('is "…. You are a helpful agent. Be kind.You are');
  });

  test('and prefers the request at the same place among those that differ as much', async () => {
    const { source } = await recorded([
      { nth: 1, request: chatOf('one') },
      { nth: 2, request: chatOf('two') },
      { nth: 3, request: chatOf('three') },
    ]);
    const asker = askerOf('refund');
    await source.ask(chatOf('one'), asker);
    expect(await messageOf(source.ask(chatOf('zwei'), asker))).toContain('the nearest, request 2 ');
  });

  test('that there is none to compare with', async () => {
    const { source } = await recorded([{}]);
    const request: ModelRequest = { dialect: 'messages', body: chatOf('Hi').body };
    expect(await messageOf(source.ask(request, askerOf('refund')))).toContain(
      'it holds no messages request to compare with',
    );
  });
});

describe('recordedSource() refuses', () => {
  test.each<[string, string, string]>([
    ['text that is no JSON', `${line({})}\n{"a":\n${line({})}\n`, 'line 2'],
    [
      'a line that is no exchange',
      '{}\n',
      'line 1 of recording "shop.recording.jsonl": "schema_version" is not valid',
    ],
    ['a newer version', `${line({}).replace('1', '2')}\n`, '"schema_version" is not valid'],
    ['a trial 0', `${line({ trial: 0 })}\n`, '"trial" is not valid'],
    [
      'an exchange without a request',
      '{"schema_version":1,"dialect":"chat","task":"a","trial":1,"nth":1,"response":{"status":200,"body":1}}\n',
      'it has neither "request" nor "key"',
    ],
  ])('%s', async (_, text, words) => {
    const file = await written(text);
    expect(await messageOf(recordedSource(file))).toContain(words);
  });

  test('a file that is not there', async () => {
    expect(await messageOf(recordedSource('/nowhere/shop.recording.jsonl'))).toBe(
      'Cannot read recording "shop.recording.jsonl": there is no such file; run with --record to make it',
    );
  });

  test('but notes a last line that is cut off', async () => {
    const notes: string[] = [];
    const file = await written(`${line({ answer: 1 })}\n${line({}).slice(0, 40)}`);
    const source = await recordedSource(file, { note: (text) => notes.push(text) });
    expect((await source.ask(chatOf('Hi'), askerOf('refund'))).body).toBe(1);
    expect(notes).toEqual([`Line 2 of recording "${file}" is cut off and left out`]);
    await source.close();
  });
});
