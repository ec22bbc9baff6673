import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CalibrationEntry } from '../model/calibration.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import type { Suite } from '../model/suite.ts';
import { judgeDigests } from '../panel/judge-digests.ts';
import { sampleJudge } from './calibration.test-support.ts';
import { labelsDigest } from './labels-digest.ts';
import { readLabels } from './read-labels.ts';
import { loadStandings } from './standing.ts';

let folder: string;
let labels: string;
const label = (word: string) =>
  `${JSON.stringify({ schema_version: 1, task: 'a', agent: 'bot', trial: 1, label: word })}\n`;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'standing-'));
  labels = path.join(folder, 'shop.labels.jsonl');
  writeFileSync(labels, label('pass'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const suiteOf = (spec: JudgeSpec) =>
  ({
    file: path.join(folder, 'shop.suite.yaml'),
    judges: { [spec.name]: spec },
  }) as unknown as Suite; // only these are read

async function calibrated(spec: JudgeSpec, more: Partial<CalibrationEntry> = {}): Promise<void> {
  const entry: CalibrationEntry = {
    judge: spec.name,
    wanted: { is: ['pass'] },
    digests: { ...judgeDigests(spec), labels: labelsDigest((await readLabels([labels])).labels) },
    labels: 'shop.labels.jsonl',
    ...{ items: 4, errors: 0, unsure: 0, unjudged: 0 },
    matrix: { true_positive: 17, false_positive: 3, false_negative: 3, true_negative: 17 },
    ...{ accuracy: 1, kappa: 0.7, kappa_interval: null, sensitivity: 1, specificity: 1 },
    flips: { changed: 0, of: 0 },
    ...more,
  };
  const record = { schema_version: 1, suite: 'shop', at: '2026-11-02T10:00:00Z', judges: [entry] };
  writeFileSync(path.join(folder, 'shop.calibration.json'), JSON.stringify(record));
}

/** Of so many items of each kind, so many wrong. */
const matrixOf = (of: number, wrong: number) => ({
  matrix: {
    ...{ true_positive: of - wrong, false_negative: wrong },
    ...{ false_positive: wrong, true_negative: of - wrong },
  },
});

const needing = (kappa: number | null, more: Partial<JudgeSpec> = {}) =>
  sampleJudge({ calibration: { labels, kappa }, ...more });

it('loadStandings() lets a judge gate that agrees with people', async () => {
  const spec = needing(0.7);
  await calibrated(spec);
  const standing = (await loadStandings(suiteOf(spec)))(spec, {});
  expect(standing).toMatchObject({ withheld: null, drift: [], entry: { kappa: 0.7 } });
});

it('loadStandings() goes by what was counted, not by figures written beside it', async () => {
  const spec = needing(0.8);
  await calibrated(spec, { kappa: 0.99, items: 400 });
  const { withheld, entry } = (await loadStandings(suiteOf(spec)))(spec, {});
  expect(withheld).toBe('its kappa is 0.7, expected 0.8 or more');
  expect(entry).toMatchObject({ kappa: 0.7, items: 40 });
});

it.each([
  ['agrees too little', needing(0.8), {}, 'its kappa is 0.7, expected 0.8 or more'],
  [
    'agrees a hair too little',
    needing(0.7),
    matrixOf(20_000, 3001),
    'its kappa is 0.699, expected 0.7 or more',
  ],
  [
    'has no kappa',
    needing(null),
    { matrix: { true_positive: 4, false_positive: 0, false_negative: 0, true_negative: 0 } },
    'its agreement with people cannot be told: all answers are alike',
  ],
  [
    'was compared with nobody',
    needing(null),
    { matrix: { true_positive: 0, false_positive: 0, false_negative: 0, true_negative: 0 } },
    'people and it decided nothing in common when it was calibrated',
  ],
  [
    'is held to something else',
    needing(0.6),
    { wanted: { is: ['pass', 'partly'] } },
    'it is held to something else than when it was calibrated',
  ],
  [
    'was never calibrated',
    needing(0.6),
    { judge: 'other' },
    'it was not calibrated against people, expected agentops calibrate to be run',
  ],
])('loadStandings() withholds a judge that %s', async (_, spec, more, words) => {
  await calibrated(spec, more);
  expect((await loadStandings(suiteOf(spec)))(spec, {}).withheld).toBe(words);
});

it.each([
  ['its rubric changed', { rubric: { text: 'Was it?', name: null, version: null, source: null } }],
  ['its models changed', { models: ['gpt-next'] }],
  ['its settings changed', { votes: 3 }],
] satisfies [string, Partial<JudgeSpec>][])(
  'loadStandings() says that %s, and withholds what needs calibration',
  async (words, more) => {
    await calibrated(needing(0.6));
    const spec = needing(0.6, more);
    const standing = (await loadStandings(suiteOf(spec)))(spec, {});
    expect(standing).toMatchObject({ drift: [words] });
    expect(standing.withheld).toBe(`${words} since it was calibrated`);
    const free = sampleJudge(more);
    const told = (await loadStandings(suiteOf(free)))(free, {});
    expect(told).toMatchObject({
      withheld: null,
      drift: [words],
      entry: { kappa: 0.7 },
    });
  },
);

it('loadStandings() says that labels changed, also for a judge that needs none', async () => {
  const [spec, free] = [needing(0.6), sampleJudge()];
  await calibrated(spec);
  writeFileSync(labels, label('fail'));
  const standing = (await loadStandings(suiteOf(spec)))(spec, {});
  expect(standing.withheld).toBe('its labels changed since it was calibrated');
  const told = (await loadStandings(suiteOf(free)))(free, {});
  expect(told).toMatchObject({ withheld: null, drift: ['its labels changed'] });
});

it('loadStandings() withholds where labels or record cannot be read', async () => {
  const spec = needing(0.6);
  await calibrated(spec);
  rmSync(labels);
  expect((await loadStandings(suiteOf(spec)))(spec, {}).withheld).toMatch(
    /^its labels cannot be read: /,
  );
  writeFileSync(path.join(folder, 'shop.calibration.json'), '{');
  expect((await loadStandings(suiteOf(spec)))(spec, {}).withheld).toMatch(
    /^its calibration cannot be read: /,
  );
  const free = sampleJudge();
  expect((await loadStandings(suiteOf(free)))(free, {})).toMatchObject({
    withheld: null,
    entry: null,
  });
});

it('loadStandings() of a suite without a record withholds only what needs one', async () => {
  const spec = needing(null);
  expect((await loadStandings(suiteOf(spec)))(spec, {}).withheld).toMatch(/^it was not calibrated/);
  expect((await loadStandings(suiteOf(sampleJudge())))(sampleJudge(), {}).withheld).toBeNull();
});
