import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitEvents } from './split-events.ts';

async function* pieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const size of sizes) {
    yield bytes.subarray(from, from + size);
    from += size;
  }
  yield bytes.subarray(from);
}

async function eventsOf(text: string | Uint8Array, sizes: readonly number[] = [], most = 9999) {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const events: string[] = [];
  for await (const event of splitEvents(pieces(bytes, sizes), most)) events.push(event);
  return events;
}

/** The same, of the whole text at once. */
function simply(text: string): string[] {
  const blocks = `${text}\n`.replaceAll(/\r(?=\n)/g, '').split('\n\n');
  return blocks.flatMap((block) => {
    const data = block.split('\n').flatMap((line) => {
      if (line === 'data') return [''];
      if (!line.startsWith('data:')) return [];
      return [line.slice(line.startsWith('data: ') ? 6 : 5)];
    });
    return data.length > 0 ? [data.join('\n')] : [];
  });
}

const line = fc.oneof(
  fc.constantFrom(
    '',
    '',
    '',
    'data',
    'data:',
    'data: ',
    'data:  x',
    ': comment',
    'event: x',
    'id: 1',
    'retry: 9',
    'datum: x',
    ' data: x',
    'data: {"é": "𝄞"}',
  ),
  fc.string().map((text) => `data: ${text.replaceAll(/[\r\n]/g, '')}`),
);

describe('splitEvents()', () => {
  it('gives what a simple splitter gives, wherever the bytes are cut', async () => {
    const text = fc
      .array(fc.tuple(line, fc.constantFrom('\n', '\r\n')), { maxLength: 20 })
      .map((lines) => lines.map(([words, end]) => words + end).join(''));
    const sizes = fc.array(fc.nat({ max: 9 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, sizes, async (whole, cuts) => {
        expect(await eventsOf(whole, cuts)).toEqual(simply(whole));
      }),
      { numRuns: 500 },
    );
  });

  it('takes a last event that no blank line ends', async () => {
    for (const end of ['', '\n', '\r\n', '\n\n']) {
      expect(await eventsOf(`data: a\n\ndata: b${end}`)).toEqual(['a', 'b']);
    }
  });

  it('refuses an event above the cap, in one line or in many, and one that is not UTF-8', async () => {
    await expect(eventsOf(`data: ${'x'.repeat(200)}`, [], 100)).rejects.toThrow(/longer than 100/);
    await expect(eventsOf('data: xxxx\n'.repeat(20), [], 100)).rejects.toThrow(/longer than 100/);
    await expect(eventsOf(Buffer.from([0x64, 0xff, 0x0a]))).rejects.toThrow(/UTF-8/);
    expect(await eventsOf('data: xxxx\n\n'.repeat(20), [], 100)).toHaveLength(20);
  });

  it('reads a long line in many pieces in bounded time', async () => {
    const bytes = Buffer.from(`data: ${'x'.repeat(2_000_000)}\n\n`);
    const started = performance.now();
    const [event] = await eventsOf(bytes, Array(20_000).fill(100), 4_000_000);
    expect(event).toHaveLength(2_000_000);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
