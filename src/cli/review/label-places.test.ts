import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../model/plan.ts';
import { labelPlaces } from './label-places.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'agentops-labels-')));
});
afterEach(() => rmSync(root, { recursive: true }));

function suiteWith(...labels: string[]): void {
  const judges = Object.fromEntries(
    labels.map((file, at) => [
      `judge-${at}`,
      { model: 'm', rubric: 'Is it good?', calibration: { labels: file } },
    ]),
  );
  const suite = {
    ...{ suite: 'shop', agents: { v1: { replay: './v1.trajectories.jsonl' } } },
    ...(labels.length > 0 && { judges }),
    tasks: [{ id: 'greet', expect: { answer: 'Hello' } }],
  };
  writeFileSync(path.join(root, 'v1.trajectories.jsonl'), '');
  writeFileSync(path.join(root, 'shop.suite.yaml'), JSON.stringify(suite));
}

async function placed(named?: string): Promise<string> {
  const plan = { suites: [{ suite: 'shop', file: 'shop.suite.yaml' }] } as unknown as Plan; // no more of it is read
  const { fileOf } = await labelPlaces({ plan, dir: path.join(root, 'run') }, root, named);
  return path.relative(root, fileOf('shop'));
}

describe('labelPlaces() keeps labels', () => {
  it.each<[string, string[]]>([
    ['people.labels.jsonl', ['./people.labels.jsonl']],
    ['people.labels.jsonl', ['./people.labels.jsonl', './people.labels.jsonl']],
    ['shop.labels.jsonl', ['./a.labels.jsonl', './b.labels.jsonl']],
    ['shop.labels.jsonl', ['./people.csv']],
    ['shop.labels.jsonl', ['./v1.trajectories.jsonl']],
    ['shop.labels.jsonl', []],
  ])('in %s where judges name %j', async (file, labels) => {
    suiteWith(...labels);
    expect(await placed()).toBe(file);
  });

  it('in the folder of the run where the suite is gone, and where it is told', async () => {
    expect(await placed()).toBe('run/labels.jsonl');
    suiteWith('./people.labels.jsonl');
    const own = path.join(root, 'own.labels.jsonl');
    expect(await placed(own)).toBe('own.labels.jsonl');
    await expect(placed(path.join(root, 'v1.trajectories.jsonl'))).rejects.toThrow('expected a');
  });
});
