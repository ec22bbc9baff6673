import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { AgentopsError } from '../errors.ts';
import type { Asker } from './model-source.ts';
import { recordedSource } from './recorded-source.ts';
import { type RecordingOptions, recordingSource } from './recording-source.ts';
import { askerOf, chatOf, countingSource, testFolder } from './recordings.test-support.ts';

async function recordingFile(): Promise<string> {
  return path.join(await testFolder(), 'recordings/shop.recording.jsonl');
}

function recording(file: string, options: Partial<RecordingOptions> = {}) {
  return recordingSource({ file, live: countingSource(), ...options });
}

function rowsOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text))
    .map(({ task, trial, nth, response }) => `${task} ${trial} ${nth} ${response.body.nth}`);
}

describe('recordingSource() records', () => {
  test('what is replayed later, streaming or not', async () => {
    const file = await recordingFile();
    const source = await recording(file);
    const asker = askerOf('refund');
    const first = await source.ask(chatOf('Hi', { stream: true }), asker);
    const second = await source.ask(chatOf('Hi'), asker);
    await source.close();
    await source.close();
    const replay = await recordedSource(file);
    const again = askerOf('refund');
    expect(await replay.ask(chatOf('Hi'), again)).toEqual(first);
    expect(await replay.ask(chatOf('Hi', { stream: true }), again)).toEqual(second);
    await replay.close();
    const [line = ''] = readFileSync(file, 'utf8').split('\n');
    expect(JSON.parse(line)).toEqual({
      schema_version: 1,
      dialect: 'chat',
      task: 'refund',
      trial: 1,
      nth: 1,
      key: expect.stringMatching(/^[0-9a-f]{64}$/),
      request: chatOf('Hi').body,
      response: { status: 200, body: { nth: 1 } },
    });
  });

  test('in the order of task, trial and asking, whatever came first', async () => {
    const file = await recordingFile();
    const source = await recording(file);
    const askers = [askerOf('b', 10), askerOf('b', 2), askerOf('a'), askerOf('B')];
    for (const asker of [...askers, ...askers]) await source.ask(chatOf('Hi'), asker);
    await source.close();
    expect(rowsOf(file)).toEqual([
      'B 1 1 4',
      'B 1 2 8',
      'a 1 1 3',
      'a 1 2 7',
      'b 2 1 2',
      'b 2 2 6',
      'b 10 1 1',
      'b 10 2 5',
    ]);
  });

  test('each exchange at once, beside the file', async () => {
    const file = await recordingFile();
    const source = await recording(file);
    await source.ask(chatOf('Hi'), askerOf('refund'));
    expect(rowsOf(`${file}.partial`)).toEqual(['refund 1 1 1']);
    expect(existsSync(file)).toBe(false);
    await source.close();
    expect(existsSync(`${file}.partial`)).toBe(false);
  });

  test('in the place of the same tasks, and keeps the others', async () => {
    const file = await recordingFile();
    const before = await recording(file);
    for (const task of ['a', 'b', 'b', 'c']) await before.ask(chatOf('Hi'), askerOf(task));
    await before.close();
    const after = await recording(file, { live: countingSource((nth) => ({ nth: nth * 100 })) });
    await after.ask(chatOf('Hi'), askerOf('b'));
    await after.close();
    expect(rowsOf(file)).toEqual(['a 1 1 1', 'b 1 1 100', 'c 1 1 4']);
  });

  test('nothing where nothing was asked', async () => {
    const file = await recordingFile();
    await (await recording(file)).close();
    expect(existsSync(file)).toBe(false);
    expect(existsSync(`${file}.partial`)).toBe(false);
  });

  test('refusals too', async () => {
    const file = await recordingFile();
    const reply = { status: 400, body: { error: { message: 'no' } } };
    const live = { ask: async () => reply, close: async () => undefined };
    const source = await recording(file, { live });
    expect(await source.ask(chatOf('Hi'), askerOf('a'))).toEqual(reply);
    await source.close();
    expect(JSON.parse(readFileSync(file, 'utf8')).response).toEqual(reply);
  });

  test('no secrets, while the agent gets its answer whole', async () => {
    const file = await recordingFile();
    const live = countingSource(() => ({ say: 'It is hunter22', hunter22: ['hunter22'] }));
    const redact = (text: string) => text.replaceAll('hunter22', '[redacted:PASSWORD]');
    const source = await recording(file, { live, redact });
    const reply = await source.ask(chatOf('hunter22?'), askerOf('a'));
    expect(reply.body).toEqual({ say: 'It is hunter22', hunter22: ['hunter22'] });
    await source.close();
    expect(readFileSync(file, 'utf8')).not.toContain('hunter22');
    const replay = await recordedSource(file, { redact });
    expect((await replay.ask(chatOf('hunter22?'), askerOf('a'))).status).toBe(200);
    await replay.close();
  });

  test('keys alone where requests are not to be kept', async () => {
    const file = await recordingFile();
    const source = await recording(file, { digestOnly: true });
    await source.ask(chatOf('private'), askerOf('a'));
    await source.close();
    expect(readFileSync(file, 'utf8')).not.toContain('private');
    const replay = await recordedSource(file);
    expect((await replay.ask(chatOf('private'), askerOf('a'))).body).toEqual({ nth: 1 });
    await replay.close();
  });
});

describe('recordingSource() keeps what there was', () => {
  const failing = (after: number) =>
    countingSource((nth) => {
      if (nth > after) throw new AgentopsError('model_fault', 'Cannot ask');
      return { nth: nth * 100 };
    });

  test('of a task whose trial was interrupted, between two requests or within one', async () => {
    const file = await recordingFile();
    const before = await recording(file);
    for (const task of ['a', 'b', 'c']) {
      const asker = askerOf(task);
      for (const words of ['Hi', 'Ho']) await before.ask(chatOf(words), asker);
    }
    await before.close();
    const rows = rowsOf(file);
    const abort = new AbortController();
    const cut = { interrupted: () => abort.signal.aborted };
    let hang = false;
    const live = countingSource((nth) => ({ nth: nth * 100 }));
    const after = await recording(file, {
      live: {
        ...live,
        ask: (request, asker) =>
          hang
            ? new Promise((_, reject) => asker.signal.addEventListener('abort', () => reject()))
            : live.ask(request, asker),
      },
    });
    const [between, within] = ['a', 'b'].map((task) => ({
      ...askerOf(task, 1, abort.signal),
      ...cut,
    })) as [Asker, Asker]; // as many as names
    for (const asker of [between, within]) await after.ask(chatOf('Hi'), asker);
    hang = true;
    const open = after.ask(chatOf('Ho'), within);
    abort.abort();
    await expect(open).rejects.toBe(undefined);
    await after.close();
    expect(rowsOf(file)).toEqual(rows);
  });

  test('of a task whose model failed in between', async () => {
    const file = await recordingFile();
    const before = await recording(file);
    for (const task of ['a', 'b']) await before.ask(chatOf('Hi'), askerOf(task));
    await before.close();
    const notes: string[] = [];
    const note = (text: string) => notes.push(text);
    const after = await recording(file, { live: failing(2), note });
    await after.ask(chatOf('Hi'), askerOf('a'));
    const asker = askerOf('b');
    await after.ask(chatOf('Hi'), asker);
    await expect(after.ask(chatOf('Hi'), asker)).rejects.toThrow('Cannot ask');
    await after.close();
    expect(rowsOf(file)).toEqual(['a 1 1 100', 'b 1 1 2']);
    expect(notes).toEqual([
      `Task "b" was not recorded to its end: where "${file}" held it, it stays as it was`,
    ]);
  });

  test('and takes in what a run left behind that was killed', async () => {
    const file = await recordingFile();
    const before = await recording(file);
    await before.ask(chatOf('Hi'), askerOf('a'));
    await before.close();
    const killed = await recording(file, { live: countingSource((nth) => ({ nth: nth * 10 })) });
    for (const task of ['a', 'b']) await killed.ask(chatOf('Hi'), askerOf(task));
    const left = readFileSync(`${file}.partial`, 'utf8');
    await writeFile(`${file}.partial`, `${left}{"schema_version":1,"task":"c`);
    const next = await recording(file);
    expect(rowsOf(file)).toEqual(['a 1 1 1', 'b 1 1 20']);
    await next.close();
    expect(existsSync(`${file}.partial`)).toBe(false);
  });

  test('and asks nobody while the file there is broken', async () => {
    const file = path.join(await testFolder(), 'shop.recording.jsonl');
    await writeFile(file, 'no\n{}\n');
    await expect(recording(file)).rejects.toThrow(/Cannot read line 1 of recording/);
  });

  test('and leaves out what comes after a trial was stopped', async () => {
    const file = await recordingFile();
    const controller = new AbortController();
    const live = countingSource(() => {
      controller.abort('limit');
      return {};
    });
    const source = await recording(file, { live });
    const asking = source.ask(chatOf('Hi'), askerOf('a', 1, controller.signal));
    await expect(asking).rejects.toBe('limit');
    await source.close();
    expect(existsSync(file)).toBe(false);
  });
});
