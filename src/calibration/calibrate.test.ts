import { expect, it } from 'vitest';
import type { JudgeSpec } from '../model/llm-judge.ts';
import type { Trajectory } from '../model/trajectory.ts';
import { calibrate as calibrateRun } from './calibrate.ts';
import {
  sampleDetails,
  sampleJudge,
  sampleJudgedRun,
  sampleLabel,
} from './calibration.test-support.ts';
import type { PlacedLabel } from './placed-label.ts';
import { stepsDigest } from './steps-digest.ts';

const specOf = () => sampleJudge();
const calibrate = (
  run: Parameters<typeof calibrateRun>[0],
  labels: readonly PlacedLabel[],
  specFor: () => JudgeSpec | null,
) => calibrateRun(run, () => ({ spec: specFor(), labels }));
const tasks = ['a', 'b', 'c', 'd', 'e', 'f'];

/** Each task judged and labelled once. */
function judged(answers: readonly (string | null)[], labels: readonly string[]) {
  const run = sampleJudgedRun(
    answers.map((answer, at) => ({ task: tasks[at] ?? '', said: [sampleDetails([answer])] })),
  );
  return {
    run,
    labels: labels.map((label, at) => sampleLabel({ task: tasks[at] ?? '', label, line: at + 1 })),
  };
}

it('calibrate() counts what people and judge decided, errors and doubts apart', async () => {
  const { run, labels } = judged(
    ['pass', 'pass', 'fail', 'fail', null, 'pass'],
    ['pass', 'fail', 'pass', 'fail', 'pass', 'unsure'],
  );
  const more = [...labels, sampleLabel({ task: 'z', line: 9 })];
  const { judges, faults } = await calibrate(run, more, specOf);
  expect(faults).toEqual([]);
  expect(judges).toHaveLength(1);
  expect(judges[0]?.entry).toMatchObject({
    judge: 'solved',
    wanted: { is: ['pass'] },
    ...{ items: 4, errors: 1, unsure: 1, unjudged: 1 },
    matrix: { true_positive: 1, false_positive: 1, false_negative: 1, true_negative: 1 },
    ...{ accuracy: 0.5, kappa: 0, sensitivity: 0.5, specificity: 0.5 },
  });
  expect(
    judges[0]?.wrong.map(({ kind, task, label, answer }) => [kind, task, label, answer]),
  ).toEqual([
    ['error', 'e', 'pass', null],
    ['wrong_pass', 'b', 'fail', 'pass'],
    ['wrong_fail', 'c', 'pass', 'fail'],
  ]);
  expect(judges[0]?.about).toBe('trial');
  expect(judges[0]?.raw).toBe(0.6);
});

it('calibrate() holds a scale against people by what is wanted, and weighs how far they are apart', async () => {
  const values = [
    [5, 5],
    [4, 3],
    [2, 1],
    [1, 4],
  ] as const;
  const run = sampleJudgedRun(
    values.map(([value], at) => ({
      task: tasks[at] ?? '',
      said: [
        sampleDetails([value], {
          ...{
            judge: 'polite',
            wanted: { at_least: 4 },
            agree: 'mean' as const,
            holds: value >= 4,
          },
        }),
      ],
    })),
  );
  const labels = values.map(([, label], at) =>
    sampleLabel({ task: tasks[at] ?? '', judge: 'polite', label }),
  );
  const polite = sampleJudge({ name: 'polite', scale: [1, 5], answers: null, agree: 'mean' });
  const { judges } = await calibrate(run, labels, () => polite);
  expect(judges[0]?.entry.matrix).toEqual({
    ...{ true_positive: 1, false_positive: 1, false_negative: 1, true_negative: 1 },
  });
  expect(judges[0]?.about).toBe('judge');
  expect(judges[0]?.answers.classes).toEqual([1, 2, 3, 4, 5]);
  // Squares of 2.75 in the mean, 4.75 over all pairs of a label and an answer
  expect(judges[0]?.weighted_kappa).toBeCloseTo(1 - 2.75 / 4.75, 12);
});

it.each([
  [
    'a word that is no answer',
    sampleLabel({ label: 'yes' }),
    /"yes" means nothing.*pass, fail or unsure/,
  ],
  ['a truth value', sampleLabel({ label: 'true' }), /"true" means nothing/],
  ['a number for words', sampleLabel({ label: 1 }), /1 means nothing/],
  ['a name of objects', sampleLabel({ label: 'constructor' }), /"constructor" means nothing/],
])('calibrate() tells where a label is %s, and leaves it out', async (_, label, words) => {
  const run = sampleJudgedRun([{ said: [sampleDetails(['pass'])] }]);
  const { judges, faults } = await calibrate(run, [label], specOf);
  expect(faults).toHaveLength(1);
  expect(faults[0]?.message).toMatch(words);
  expect(faults[0]?.file).toBe('x.labels.jsonl');
  expect(judges[0]?.entry.items).toBe(0);
});

it('calibrate() takes the labels that name a judge before those of the whole trial', async () => {
  const run = sampleJudgedRun([
    { said: [sampleDetails(['pass'])] },
    { task: 'b', said: [sampleDetails(['pass'])] },
  ]);
  const labels = [
    sampleLabel({ label: 'fail' }),
    sampleLabel({ judge: 'solved' }),
    sampleLabel({ task: 'b', label: 'fail' }),
    sampleLabel({ judge: 'polite', label: 3 }),
  ];
  const { judges, faults } = await calibrate(run, labels, specOf);
  expect(faults).toEqual([]);
  expect(judges[0]?.entry).toMatchObject({ items: 1, accuracy: 1 });
});

it('calibrate() settles what several people say of one item', async () => {
  const { run } = judged(['pass', 'pass', 'pass', 'pass'], []);
  const labels = [
    sampleLabel({ by: 'ann', label: 'fail', at: '2026-11-02T10:00:00Z' }),
    sampleLabel({ by: 'ann', label: 'pass', at: '2026-11-02T11:00:00Z' }),
    sampleLabel({ by: 'bob', label: 'pass' }),
    sampleLabel({ task: 'b', by: 'ann', label: 'pass' }),
    sampleLabel({ task: 'b', by: 'bob', label: 'fail' }),
    sampleLabel({ task: 'c', by: 'ann', label: 'pass' }),
    sampleLabel({ task: 'c', by: 'bob', label: 'unsure' }),
    sampleLabel({ task: 'd', label: 'fail' }),
    sampleLabel({ task: 'd', label: 'pass' }),
  ];
  const { judges } = await calibrate(run, labels, specOf);
  expect(judges[0]?.entry).toMatchObject({
    items: 2,
    unsure: 2,
    matrix: { true_positive: 2, false_positive: 0, false_negative: 0, true_negative: 0 },
  });
});

it('calibrate() leaves out labels of a trajectory that is not the one that was judged', async () => {
  const steps = [{ type: 'message' as const, role: 'user' as const, content: 'hello' }];
  const trajectory: Trajectory = {
    ...{ schema_version: 1, task: 'a', agent: 'bot', trial: 1, stop: 'completed', steps },
  };
  const run = () => sampleJudgedRun([{ said: [sampleDetails(['fail'])] }], trajectory);
  const fresh = await calibrate(run(), [sampleLabel({ trajectory: stepsDigest(steps) })], specOf);
  expect(fresh.judges[0]).toMatchObject({ stale: 0, entry: { items: 1 } });
  const stale = await calibrate(run(), [sampleLabel({ trajectory: stepsDigest([]) })], specOf);
  expect(stale.judges[0]).toMatchObject({ stale: 1, entry: { items: 0, unjudged: 0 } });
});

it('calibrate() compares steps where labels name them', async () => {
  const details = sampleDetails(['pass'], {
    ...{ answer: 'fail', holds: false },
    steps: [
      { step: 2, answer: 'pass', holds: true },
      { step: 5, answer: 'fail', holds: false },
      { step: 7, answer: null, holds: null },
    ],
  });
  const run = sampleJudgedRun([{ said: [details] }]);
  const labels = [2, 5, 7].map((step) => sampleLabel({ judge: 'solved', step, label: 'pass' }));
  const { judges } = await calibrate(run, labels, () => sampleJudge({ each: 'tool_call' }));
  expect(judges[0]?.entry).toMatchObject({ per_step: true, items: 2, errors: 1, accuracy: 0.5 });
  expect(judges[0]?.wrong.map(({ step }) => step)).toEqual([7, 5]);
  expect(judges[0]?.corrected).toBeNull();
});

it('calibrate() counts flips of votes, and verdicts that were withheld', async () => {
  const run = sampleJudgedRun([
    { said: [sampleDetails(['pass', 'pass', 'fail'], { withheld: 'its rubric changed' })] },
    { task: 'b', said: [sampleDetails(['fail', 'fail', 'fail'])] },
    { task: 'c', said: [sampleDetails(['fail', null, null])] },
  ]);
  const labels = ['a', 'b', 'c'].map((task) => sampleLabel({ task }));
  const { judges } = await calibrate(run, labels, specOf);
  expect(judges[0]?.entry.flips).toEqual({ changed: 1, of: 2 });
  expect(judges[0]?.entry.items).toBe(3);
});

it('calibrate() keeps judges of suites and requirements apart', async () => {
  const either = sampleDetails(['partly'], { wanted: { is: ['pass', 'partly'] }, holds: true });
  const run = sampleJudgedRun([
    { said: [sampleDetails(['partly'], { holds: false }), either, either] },
    { suite: 'bank', said: [sampleDetails(['pass'])] },
  ]);
  const spec = sampleJudge({ answers: { pass: '', partly: '', fail: '' } });
  const { judges } = await calibrate(run, [sampleLabel({ label: 'partly' })], () => spec);
  const told = judges.map(({ suite, entry }) => [suite, entry.wanted.is?.join(), entry.matrix]);
  const none = { true_positive: 0, false_positive: 0, false_negative: 0, true_negative: 0 };
  expect(told).toEqual([
    ['shop', 'pass', { ...none, true_negative: 1 }],
    ['shop', 'pass,partly', { ...none, true_positive: 1 }],
    ['bank', 'pass', { ...none, false_negative: 0, false_positive: 1 }],
  ]);
});

it('calibrate() gives a label without an agent to the only one that ran its task', async () => {
  const said = [sampleDetails(['pass'])];
  const label = sampleLabel({ agent: null });
  const one = await calibrate(sampleJudgedRun([{ said }]), [label], specOf);
  expect(one.judges[0]?.entry.items).toBe(1);
  const two = await calibrate(
    sampleJudgedRun([{ said }, { agent: 'other', said }]),
    [label],
    specOf,
  );
  expect(two.faults[0]?.message).toBe('The label names no agent, and bot, other ran task "a"');
  expect(two.judges[0]?.entry.items).toBe(0);
});

it('calibrate() without the suite knows no answers but those that are wanted', async () => {
  const run = sampleJudgedRun([{ said: [sampleDetails(['pass'])] }]);
  const { faults } = await calibrate(run, [sampleLabel({ label: 'partly' })], () => null);
  expect(faults[0]?.message).toMatch(/"partly" means nothing/);
});
