import { appendFileSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AgentopsError } from '../errors.ts';
import { AppendFile } from './append-file.ts';
import { RunWriter } from './run-writer.ts';

afterEach(() => vi.restoreAllMocks());

// Only what the writer looks at
const plan = { id: 'r1' } as ConstructorParameters<typeof RunWriter>[1];
const result = { id: 't1', verdicts: [] } as unknown as Parameters<RunWriter['append']>[0];
const summary = {} as Parameters<RunWriter['finish']>[0];

function writerAt(clock: () => number, more: { sealed?: boolean } = {}): RunWriter {
  return new RunWriter(mkdtempSync(path.join(tmpdir(), 'writer-')), plan, null, { clock, ...more });
}

describe('RunWriter', () => {
  it('waits for the disk at most once a second, and at the end', async () => {
    const sync = vi.spyOn(AppendFile.prototype, 'sync').mockResolvedValue();
    let now = 0;
    const writer = writerAt(() => now);
    const afterAppend = async (at: number) => {
      now = at;
      writer.append(result, null);
      await new Promise((resolve) => setImmediate(resolve));
      return sync.mock.calls.length;
    };
    expect(await afterAppend(500)).toBe(0);
    expect(await afterAppend(1000)).toBe(2); // both files
    expect(await afterAppend(1999)).toBe(2);
    expect(await afterAppend(2000)).toBe(4);
    await writer.finish(summary);
    expect(sync).toHaveBeenCalledTimes(6);
    expect(existsSync(path.join(writer.dir, 'run.json'))).toBe(true);
  });

  it('tells of a disk that failed to keep what was written, and does not finish', async () => {
    const fault = new AgentopsError('disk_fault', 'Cannot write "trials.jsonl": no space is left');
    vi.spyOn(AppendFile.prototype, 'sync').mockRejectedValue(fault);
    let now = 0;
    const writer = writerAt(() => now);
    now = 1000;
    writer.append(result, null);
    await new Promise((resolve) => setImmediate(resolve));
    expect(() => writer.append(result, null)).toThrow(fault);
    await expect(writer.finish(summary)).rejects.toThrow(fault);
    expect(existsSync(path.join(writer.dir, 'run.json'))).toBe(false);
  });

  it('refuses a trajectory of more than one line', async () => {
    const writer = writerAt(() => 0);
    expect(() => writer.append(result, '{\n}')).toThrow('it is more than one line');
    await writer.close();
  });

  it('keeps a verdict whose details are nested too deeply to be written', async () => {
    const writer = writerAt(() => 0);
    let details: unknown = 1;
    for (let depth = 0; depth < 100_000; depth++) details = [details];
    const verdict = {
      path: 'expect.never',
      kind: 'rule',
      required: true,
      status: 'fail',
      score: 0,
      reason: 'why',
      evidence: [],
      details,
    };
    const stored = writer.append({ ...result, verdicts: [verdict] } as typeof result, null);
    expect(stored.id).toBe('t1');
    await writer.close();
  });

  it('does not finish a sealed run into which somebody else wrote', async () => {
    for (const [name, text] of [
      ['trials.jsonl', 'x'],
      ['trajectories.jsonl', '{}\n'],
    ] as const) {
      const writer = writerAt(() => 0, { sealed: true });
      writer.append(result, '{}');
      appendFileSync(path.join(writer.dir, name), text);
      await expect(writer.finish(summary)).rejects.toThrow(`somebody else changed its ${name}`);
      expect(existsSync(path.join(writer.dir, 'run.json'))).toBe(false);
    }
    const untouched = writerAt(() => 0, { sealed: true });
    untouched.append(result, '{}');
    await untouched.finish(summary);
    expect(existsSync(path.join(untouched.dir, 'run.json'))).toBe(true);
  });
});
