import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { typedKeys } from './typed-keys.ts';

function terminal(width = 40) {
  const abort = new AbortController();
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), {
    setRawMode: (on: boolean) => modes.push(on),
  });
  let shown = '';
  let resume = () => undefined as unknown;
  const source = typedKeys({
    input,
    write: async (text) => {
      shown += text;
    },
    width: () => width,
    signal: abort.signal,
    interrupt: () => abort.abort(),
    suspend: (resumed) => {
      resume = resumed;
    },
  });
  return { input, source, modes, abort, shown: () => shown, resume: () => resume() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('typedKeys()', () => {
  it('gives a command for a key, and a line for what is typed and ended', async () => {
    const { input, source, modes, shown } = terminal();
    const first = source.next('> ');
    input.write('p');
    expect(await first).toBe('p');
    const second = source.next('> ');
    for (const keys of ['n', 'pa', 'ys', '\r']) input.write(keys);
    expect(await second).toBe('n pays');
    expect(shown()).toContain('> n pays\n');
    source.close();
    expect(modes).toEqual([true, false]);
  });

  it('drops what is pressed while nothing is asked', async () => {
    const { input, source } = terminal();
    input.write('f');
    await settled();
    const next = source.next('> ');
    input.write('p');
    expect(await next).toBe('p');
  });

  it.each([
    ['Ctrl-C while it asks', true],
    ['Ctrl-C while it does not', false],
  ])('ends at %s', async (_, asks) => {
    const { input, source, abort } = terminal();
    const asked = asks ? source.next('> ') : null;
    input.write('\u0003');
    await settled();
    expect(abort.signal.aborted).toBe(true);
    expect(await (asked ?? source.next('> '))).toBeNull();
    expect(await source.next('> ')).toBeNull();
  });

  it('ends where the terminal goes away', async () => {
    const { input, source } = terminal();
    const asked = source.next('> ');
    input.end();
    expect(await asked).toBeNull();
  });

  it('gives the terminal back while it is stopped', async () => {
    const { input, source, modes, resume } = terminal();
    const asked = source.next('> ');
    input.write('\u001a');
    await settled();
    expect(modes).toEqual([true, false]);
    resume();
    expect(modes).toEqual([true, false, true]);
    input.write('u');
    expect(await asked).toBe('u');
  });

  it('keeps a long line on one row', async () => {
    const { input, source, shown } = terminal(20);
    void source.next('> ');
    input.write(`n ${'日'.repeat(50)}`);
    await settled();
    const row = shown().split('\r\u001b[K').at(-1) ?? '';
    expect(row).toMatch(/^> 日{8}$/u);
  });
});
