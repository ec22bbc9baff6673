import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Label } from '../model/label.ts';
import { type LabelLine, labelLinesSoFar } from './label-lines.ts';
import { openLabels } from './write-label.ts';

let folder = '';
const file = () => path.join(folder, 'x.labels.jsonl');
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'labels-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function label(more: Partial<Label> = {}): Label {
  const item = { task: 'refund', agent: 'recorded', trial: 1 };
  return { schema_version: 1, ...item, label: 'fail', ...more };
}

async function read(): Promise<LabelLine[]> {
  const lines = [];
  for await (const line of labelLinesSoFar(file())) lines.push(line);
  return lines;
}

describe('openLabels()', () => {
  it('adds labels to those that are there, each on disk at once', async () => {
    writeFileSync(file(), `${JSON.stringify(label())}\n`);
    const labels = openLabels(file());
    labels.append(label({ label: 4, judge: 'polite', note: 'a\nb\u2028' }));
    expect(await read()).toEqual([
      { line: 1, label: label() },
      { line: 2, label: label({ label: 4, judge: 'polite', note: 'a\nb\u2028' }) },
    ]);
    labels.close();
  });

  it('begins a line of its own behind one that was cut off, at any time', async () => {
    writeFileSync(file(), '{"schema_version":1,"ta');
    const labels = openLabels(file());
    labels.append(label());
    appendFileSync(file(), '{"schema');
    labels.append(label({ trial: 2 }));
    labels.close();
    const lines = await read();
    expect(lines.map((line) => ('label' in line ? line.label.trial : line.line))).toEqual([
      1, 1, 3, 2,
    ]);
    expect(readFileSync(file(), 'utf8').endsWith('\n')).toBe(true);
  });

  it('lets two write to one file', async () => {
    const [one, other] = [openLabels(file()), openLabels(file())];
    for (let trial = 1; trial < 20; trial++) (trial % 2 ? one : other).append(label({ trial }));
    one.close();
    other.close();
    expect((await read()).filter((line) => 'label' in line)).toHaveLength(19);
  });

  it('says which file it cannot write', () => {
    expect(() => openLabels(path.join(folder, 'none', 'x.jsonl'))).toThrow(/x\.jsonl/);
  });
});

describe('labelLinesSoFar()', () => {
  it('finds nothing where there is no file', async () => {
    expect(await read()).toEqual([]);
  });

  it('passes over a last line that was cut off, and names every other that is no label', async () => {
    const lines = [
      JSON.stringify(label()),
      '',
      '{"schema_version":1',
      JSON.stringify({ ...label(), schema_version: 2 }),
      JSON.stringify({ ...label(), trial: 0 }),
      '{"schema_version":1,"tas',
    ];
    writeFileSync(file(), lines.join('\n'));
    const found = await read();
    expect(found.map(({ line }) => line)).toEqual([1, 3, 4, 5]);
    expect(found.slice(1).map((line) => ('fault' in line ? line.fault : ''))).toEqual([
      expect.stringContaining('is not JSON'),
      expect.stringContaining('"schema_version"'),
      expect.stringContaining('"trial"'),
    ]);
  });
});
