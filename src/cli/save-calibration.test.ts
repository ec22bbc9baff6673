import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JudgeCalibration } from '../calibration/calibration-result.ts';
import type { Suite } from '../model/suite.ts';
import { saveCalibration } from './save-calibration.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'save-calibration-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const NOW = Date.UTC(2026, 10, 2);
const suite = () =>
  ({
    name: 'shop',
    file: path.join(folder, 'shop.suite.yaml'),
    judges: { solved: {}, polite: {} },
  }) as unknown as Suite; // only these are read
const found = (judge: string, items: number, is = ['pass']) =>
  ({ entry: { judge, wanted: { is }, items } }) as unknown as JudgeCalibration; // only these are read
const labels = () => path.join(folder, 'labels', 'x.labels.jsonl');
const record = () => JSON.parse(readFileSync(path.join(folder, 'shop.calibration.json'), 'utf8'));
const told = () =>
  record().judges.map(
    ({ judge, wanted, items }: { judge: string; wanted: { is: string[] }; items: number }) => [
      judge,
      wanted.is.join(),
      items,
    ],
  );

/** A record with what the schema asks for. */
function before(judges: readonly [string, number][]): void {
  const rest = {
    digests: { rubric: '', models: '', settings: '', labels: '' },
    ...{ labels: '', errors: 0, unsure: 0, unjudged: 0, accuracy: null, kappa: null },
    matrix: { true_positive: 0, false_positive: 0, false_negative: 0, true_negative: 0 },
    ...{ kappa_interval: null, sensitivity: null, specificity: null, flips: { changed: 0, of: 0 } },
  };
  const entries = judges.map(([judge, items]) => ({
    judge,
    wanted: { is: ['pass'] },
    items,
    ...rest,
  }));
  const text = JSON.stringify({ schema_version: 1, suite: 'shop', at: '', judges: entries });
  writeFileSync(path.join(folder, 'shop.calibration.json'), text);
}

it('saveCalibration() writes the record beside the suite, with the path of the labels', async () => {
  const file = await saveCalibration(suite(), [found('solved', 3)], labels, NOW);
  expect(file).toBe(path.join(folder, 'shop.calibration.json'));
  expect(record()).toMatchObject({
    schema_version: 1,
    suite: 'shop',
    at: '2026-11-02T00:00:00.000Z',
  });
  expect(record().judges[0].labels).toBe('labels/x.labels.jsonl');
});

it('saveCalibration() keeps what it does not know better, and forgets judges that are gone', async () => {
  before([
    ['solved', 1],
    ['polite', 2],
    ['gone', 9],
  ]);
  const both = [found('solved', 5, ['pass']), found('solved', 6, ['partly']), found('polite', 0)];
  await saveCalibration(suite(), both, () => null, NOW);
  expect(told()).toEqual([
    ['polite', 'pass', 2],
    ['solved', 'partly', 6],
    ['solved', 'pass', 5],
  ]);
});

it('saveCalibration() writes nothing where nothing was compared', async () => {
  expect(await saveCalibration(suite(), [found('solved', 0)], labels, NOW)).toBeNull();
  expect(() => record()).toThrow(/ENOENT/);
});
