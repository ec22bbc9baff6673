import { describe, expect, test } from 'vitest';
import { AgentopsError } from '../errors.ts';
import { call, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import { viewOf } from '../match/view.ts';
import type { JudgeAnswer, JudgeDetails, JudgeSpec } from '../model/llm-judge.ts';
import { JudgeDetails as DetailsSchema } from '../model/llm-judge.ts';
import type { Outcome } from '../model/verdict.ts';
import {
  deskOf,
  type FakeAnswer,
  fakePort,
  memoryRecording,
  promptText,
  specOf,
  viewSaying,
  wordsSpec,
} from './desk.test-support.ts';

const VIEW = viewSaying('Hello, how may I help?', { agent: 'clerk', task: 'greet' });
const GOOD = { at_least: 4 };

/** A port that answers by model and vote, such as `judge-a 1`. */
function votingPort(votes: Readonly<Record<string, JudgeAnswer | FakeAnswer>>) {
  return fakePort(({ model, seed }) => {
    const found = votes[`${model} ${seed}`] ?? { thrown: new Error('not expected') };
    return typeof found === 'object' ? found : { answer: found, reason: `Says ${found}` };
  });
}

function detailsOf({ details }: Outcome): JudgeDetails {
  return DetailsSchema.parse(details);
}

const LOST: FakeAnswer = { thrown: new AgentopsError('model_fault', 'Cannot ask judge-a: 429') };

describe('openDesk() decides', () => {
  test('by one ballot on a scale', async () => {
    const port = votingPort({ 'judge-a 1': 4 });
    const outcome = await deskOf(specOf(), { port }).judge('polite', GOOD, VIEW);
    expect(outcome).toMatchObject({ status: 'pass', score: 0.75, evidence: [0] });
    expect(outcome.reason).toBe('polite: 4 of 1 to 5, wanted at least 4: "Says 4"');
    expect(detailsOf(outcome)).toEqual({
      judge: 'polite',
      wanted: { at_least: 4 },
      agree: 'mean',
      answer: 4,
      holds: true,
      ballots: [
        {
          ...{ model: 'judge-a', vote: 1, answer: 4, reason: 'Says 4' },
          ...{ evidence: [0], from: 'live', asked: 1 },
        },
      ],
      usage: { input_tokens: 100, output_tokens: 10, cost_usd: 0.25 },
    });
  });

  const three = specOf({ votes: 3 });
  const solved = wordsSpec({ votes: 3 });
  test.each<[string, JudgeSpec, (JudgeAnswer | FakeAnswer)[], Partial<Outcome>]>([
    [
      'the mean of several',
      three,
      [4, 4, 5],
      {
        status: 'pass',
        reason: 'polite: 4.33 of 1 to 5, wanted at least 4 (3 ballots: 4, 4, 5): "Says 4"',
      },
    ],
    [
      'a mean that is too low',
      three,
      [4, 2, 5],
      {
        status: 'fail',
        reason: 'polite: 3.67 of 1 to 5, wanted at least 4 (3 ballots: 4, 2, 5): "Says 2"',
      },
    ],
    [
      'a mean that a lost ballot could turn',
      three,
      [4, LOST, 5],
      {
        status: 'error',
        score: null,
        reason:
          'polite: undecided (3 ballots: 4, lost, 5), wanted at least 4: Cannot ask judge-a: 429',
      },
    ],
    [
      'a mean that no lost ballot could turn',
      three,
      [1, LOST, 1],
      {
        status: 'fail',
        score: 0,
        reason: 'polite: 1 of 1 to 5, wanted at least 4 (3 ballots: 1, lost, 1): "Says 1"',
      },
    ],
    [
      'the majority of words',
      solved,
      ['fail', 'pass', 'pass'],
      {
        status: 'pass',
        score: 1,
        reason: 'solved: pass (2 of 3 ballots), wanted pass: "Says pass"',
      },
    ],
    [
      'a majority in spite of a lost ballot',
      solved,
      ['fail', LOST, 'fail'],
      {
        status: 'fail',
        score: 0,
        reason: 'solved: fail (2 of 3 ballots), wanted pass: "Says fail"',
      },
    ],
    [
      'no majority',
      wordsSpec({ votes: 2 }),
      ['fail', 'pass'],
      { status: 'error', reason: 'solved: undecided (2 ballots: fail, pass), wanted pass' },
    ],
    [
      'nothing of lost ballots alone',
      three,
      [LOST, LOST, LOST],
      { status: 'error', reason: 'Cannot ask judge-a: 429 (all 3 ballots are lost)' },
    ],
    [
      'one lost ballot',
      wordsSpec(),
      [LOST],
      { status: 'error', reason: 'Cannot ask judge-a: 429' },
    ],
  ])('%s', async (_, spec, answers, expected) => {
    const port = votingPort(
      Object.fromEntries(answers.map((answer, at) => [`judge-a ${at + 1}`, answer])),
    );
    const wanted = spec.scale ? GOOD : {};
    const outcome = await deskOf(spec, { port }).judge(spec.name, wanted, VIEW);
    expect(outcome).toMatchObject(expected);
    expect(detailsOf(outcome).ballots.length).toBe(answers.length);
  });

  test('by a panel of models, each as often as it votes', async () => {
    const spec = wordsSpec({ models: ['judge-a', 'judge-b', 'judge-c'], votes: 1 });
    const port = votingPort({ 'judge-a 1': 'pass', 'judge-b 1': 'fail', 'judge-c 1': 'pass' });
    const outcome = await deskOf(spec, { port }).judge('solved', { is: ['pass'] }, VIEW);
    expect(outcome.status).toBe('pass');
    expect(detailsOf(outcome).ballots.map(({ model }) => model)).toEqual(spec.models);
  });

  test('with the words of the model cut and on one line', async () => {
    const reason = `a\n${'x'.repeat(2000)}`;
    const port = fakePort(() => ({ answer: 4, reason }));
    const outcome = await deskOf(specOf(), { port }).judge('polite', GOOD, VIEW);
    expect(outcome.reason).toMatch(/^polite: 4 of 1 to 5, wanted at least 4: "a\\nx+…x+"$/);
    expect(outcome.reason.length).toBeLessThan(360);
  });

  test('with the reference of the task in place of its own', async () => {
    const port = fakePort(() => ({ answer: 4 }));
    const recording = memoryRecording();
    const desk = deskOf(specOf({ reference: 'own' }), { port, recording });
    for (const wanted of [GOOD, { ...GOOD, reference: 'own' }, { ...GOOD, reference: 'other' }]) {
      const outcome = await desk.judge('polite', wanted, VIEW);
      expect(detailsOf(outcome).wanted).toEqual(GOOD);
    }
    expect(port.asked.length).toBe(2);
  });

  test('two expectations by one exchange', async () => {
    const port = votingPort({ 'judge-a 1': 4 });
    const desk = deskOf(specOf(), { port });
    const both = [GOOD, { at_least: 5 }].map((wanted) => desk.judge('polite', wanted, VIEW));
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual(['pass', 'fail']);
    expect(port.asked.length).toBe(1);
  });
});

describe('openDesk() does not ask', () => {
  const ran = (model: string, actor?: string) =>
    viewOf(trajectoryOf([says('Hi'), { type: 'model', model, ...(actor && { actor }) }]));
  const unasked = fakePort(() => ({ thrown: new Error('asked') }));

  test.each<[string, Partial<JudgeSpec>, Parameters<typeof deskOf>[1], typeof VIEW, string]>([
    ['where judges are off', {}, { mode: 'off' }, VIEW, 'Not asked (--judge off)'],
    [
      'the model of the agent about itself',
      {},
      {},
      ran('openai/Judge-A-2025-08-07'),
      'polite is not asked: the agent ran on openai/Judge-A-2025-08-07',
    ],
    [
      'a panel with the model of the agent in it',
      { models: ['x/judge-b-latest', 'judge-c', 'judge-d'] },
      {},
      ran('judge-b'),
      'polite is not asked: the agent ran on judge-b',
    ],
    [
      'about a trajectory that cannot be judged',
      {},
      {},
      viewOf(trajectoryOf([{ type: 'tool_result', id: 'x', result: 1 }])),
      'Step 0 is a result with the id "x" that no call awaits',
    ],
  ])('%s', async (_, more, options, view, reason) => {
    const desk = deskOf(specOf(more), { port: unasked, ...options });
    const outcome = await desk.judge('polite', GOOD, view);
    expect(outcome).toMatchObject({ status: 'error', score: null, evidence: [] });
    expect(outcome.reason).toContain(reason);
    expect(detailsOf(outcome)).toMatchObject({ answer: null, holds: null, ballots: [] });
    expect(unasked.asked).toEqual([]);
  });

  test.each<[string, Partial<JudgeSpec>, typeof VIEW]>([
    ['with leave', { mayJudgeItself: true }, ran('judge-a')],
    ['where another model acted', {}, ran('judge-a-mini')],
    ['where the simulated user ran on it', {}, ran('judge-a', 'user')],
  ])('and asks %s', async (_, more, view) => {
    expect((await deskOf(specOf(more)).judge('polite', GOOD, view)).status).toBe('pass');
  });

  test('a judge that is not there, or of whom nothing is wanted', async () => {
    const desk = deskOf(specOf());
    expect(await desk.judge('constructor', GOOD, VIEW)).toMatchObject({
      status: 'error',
      reason: 'There is no judge "constructor"',
    });
    expect(await desk.judge('polite', {}, VIEW)).toMatchObject({
      status: 'error',
      reason: 'Nothing is wanted of polite',
    });
  });

  test('and says so where it was interrupted', async () => {
    const controller = new AbortController();
    controller.abort();
    const outcome = await deskOf(specOf(), { signal: controller.signal }).judge(
      'polite',
      GOOD,
      VIEW,
    );
    expect(outcome).toMatchObject({ status: 'error', reason: 'Interrupted before its answer' });
    expect(detailsOf(outcome).cut).toBe(true);
  });

  test('from a recording without the port', async () => {
    const recording = memoryRecording();
    await deskOf(specOf(), { recording }).judge('polite', GOOD, VIEW);
    const replay = { recording, port: unasked, mode: 'recorded' } as const;
    const again = await deskOf(specOf(), replay).judge('polite', GOOD, VIEW);
    expect(again).toMatchObject({ status: 'pass', score: 0.75 });
    expect(detailsOf(again)).not.toHaveProperty('usage');
    const rubric = { ...specOf().rubric, text: 'Is it rude?' };
    const other = await deskOf(specOf({ rubric }), replay).judge('polite', GOOD, VIEW);
    expect(other).toMatchObject({
      status: 'error',
      reason:
        'polite has no recorded answer of model judge-a (vote 1): its rubric changed since it was recorded; run with --judge live',
    });
  });
});

describe('openDesk() withholds', () => {
  const standing = () => 'its kappa is 0.4, below 0.6';

  test('an answer without standing, and keeps it', async () => {
    const outcome = await deskOf(specOf(), { standing }).judge('polite', GOOD, VIEW);
    expect(outcome).toMatchObject({ status: 'error', score: null });
    expect(outcome.reason).toBe(
      'Withheld, its kappa is 0.4, below 0.6; it says pass: polite: 4 of 1 to 5, wanted at least 4: "It is so"',
    );
    expect(detailsOf(outcome)).toMatchObject({ answer: 4, holds: true, withheld: standing() });
  });

  test('no answer where there is none', async () => {
    const port = fakePort(() => LOST);
    const outcome = await deskOf(specOf(), { port, standing }).judge('polite', GOOD, VIEW);
    expect(outcome).toMatchObject({ status: 'error', reason: 'Cannot ask judge-a: 429' });
    expect(detailsOf(outcome).withheld).toBe(standing());
  });
});

describe('openDesk() judges each call', () => {
  const needed = wordsSpec({ name: 'needed', each: 'tool_call' });
  const view = viewOf(
    trajectoryOf([
      call('search'),
      call('look', {}, { actor: 'user' }),
      call('refund'),
      says('Done'),
    ]),
  );

  /** Calls are asked about in their order. */
  function inTurn(...answers: readonly (JudgeAnswer | FakeAnswer | undefined)[]) {
    return fakePort((_, nth) => {
      const found = answers[nth - 1] ?? LOST;
      return typeof found === 'object' ? found : { answer: found, reason: `Says ${found}` };
    });
  }

  test.each<[string, (JudgeAnswer | FakeAnswer)[], Partial<Outcome>, (boolean | null)[]]>([
    [
      'and holds where all do',
      ['pass', 'pass'],
      { status: 'pass', score: 1, reason: 'needed: 2 of 2 calls hold, wanted pass' },
      [true, true],
    ],
    [
      'and fails where one does',
      ['pass', 'fail'],
      {
        status: 'fail',
        score: 0.5,
        reason: 'needed: 1 of 2 calls hold; step 4: needed: fail, wanted pass: "Says fail"',
      },
      [true, false],
    ],
    [
      'and fails in spite of a lost one',
      [LOST, 'fail'],
      { status: 'fail', score: 0 },
      [null, false],
    ],
    [
      'and is undecided with a lost one',
      ['pass', LOST],
      {
        status: 'error',
        score: null,
        reason: 'needed: 1 of 2 calls hold; step 4: Cannot ask judge-a: 429',
      },
      [true, null],
    ],
  ])('%s', async (_, [first, second], expected, held) => {
    const port = inTurn(first, second);
    const outcome = await deskOf(needed, { port }).judge('needed', {}, view);
    expect(outcome).toMatchObject(expected);
    const { steps, ballots, answer } = detailsOf(outcome);
    expect(steps?.map(({ step, holds }) => [step, holds])).toEqual([
      [0, held[0]],
      [4, held[1]],
    ]);
    expect(ballots.map(({ step }) => step)).toEqual([0, 4]);
    expect(answer).toBe(null);
  });

  test('on a scale, with the mean as its score', async () => {
    const spec = specOf({ each: 'tool_call' });
    const outcome = await deskOf(spec, { port: inTurn(5, 4) }).judge('polite', GOOD, view);
    expect(outcome).toMatchObject({ status: 'pass', score: 0.875 });
  });

  test('and passes where there is none', async () => {
    const outcome = await deskOf(needed).judge('needed', {}, VIEW);
    expect(outcome).toMatchObject({ status: 'pass', score: 1, reason: 'No tool call to judge' });
    expect(detailsOf(outcome).steps).toEqual([]);
  });

  test('up to 200, and asks nothing where there are more', async () => {
    const many = viewOf(trajectoryOf(Array.from({ length: 201 }, () => call('search'))));
    const port = fakePort(() => ({ answer: 'pass' }));
    const outcome = await deskOf(needed, { port }).judge('needed', {}, many);
    expect(outcome).toMatchObject({
      status: 'error',
      reason: 'needed judges at most 200 tool calls one by one, and there are 201',
    });
    expect(port.asked).toEqual([]);
  });
});

describe('openDesk() asks canaries', () => {
  const known = (['pass', 'fail', 'pass'] as const).map((answer, at) => ({
    name: `k${at}`,
    trajectory: trajectoryOf([says(`known ${at} ${answer}`)], { task: `own-${at}` }),
    answer,
  }));
  const spec = wordsSpec({ canaries: 2, known });

  /** Answers what a known trial is, and `pass` to all others. */
  const honest = () => fakePort(() => ({ answer: 'pass' }));

  test('of different answers, once a run, under names of their own', async () => {
    const recording = memoryRecording();
    const answers = new Map([
      ['canary:k0', 'pass'],
      ['canary:k1', 'fail'],
    ]);
    const queue = ['canary:k0', 'canary:k1', 'greet', 'greet again'];
    const port = fakePort((_, nth) => ({ answer: answers.get(queue[nth - 1] ?? '') ?? 'pass' }));
    const desk = deskOf(spec, { port, recording });
    const both = await Promise.all([
      desk.judge('solved', {}, VIEW),
      desk.judge('solved', {}, viewSaying('Hello again')),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['pass', 'pass']);
    expect(recording.lines.map(({ task }) => task).slice(0, 2)).toEqual(['canary:k0', 'canary:k1']);
    expect(port.asked.length).toBe(4);
    const usage = { input_tokens: 200, output_tokens: 20, cost_usd: 0.5 };
    expect([...desk.canaries()]).toEqual([['solved', { asked: 2, missed: 0, usage }]]);
  });

  test('and believes nothing of a judge that misses one', async () => {
    const desk = deskOf(spec, { port: honest() });
    for (const text of ['Hello', 'Hello again']) {
      const outcome = await desk.judge('solved', {}, viewSaying(text));
      expect(outcome).toMatchObject({ status: 'error', score: null });
      expect(outcome.reason).toBe(
        'solved missed 1 of 2 canaries in this run: known trial "k1" is fail, the judge says pass',
      );
      expect(detailsOf(outcome)).toMatchObject({ answer: 'pass', holds: true });
    }
    expect(desk.canaries().get('solved')).toMatchObject({ asked: 2, missed: 1 });
  });

  test('and counts one that is not decided as missed', async () => {
    const desk = deskOf(spec, { mode: 'recorded' });
    const outcome = await desk.judge('solved', {}, VIEW);
    expect(outcome.reason).toBe(
      'solved missed 2 of 2 canaries in this run: known trial "k0" is pass, the judge does not say: solved has no recorded answer of model judge-a (vote 1): it was never asked this; run with --judge live',
    );
    expect(desk.canaries().get('solved')).toEqual({ asked: 2, missed: 2, usage: undefined });
  });

  test.each([
    [3, 'pass'],
    [5, 'pass'],
    [2.9, 'error'],
  ])('and takes %d for 4 as a %s: a quarter of the scale', async (said, status) => {
    const trajectory = trajectoryOf([says('known')]);
    const scaled = specOf({
      scale: [1, 5],
      canaries: 1,
      known: [{ name: 'k', trajectory, answer: 4 }],
    });
    const port = fakePort((_, nth) => ({ answer: nth === 1 ? said : 4 }));
    expect((await deskOf(scaled, { port }).judge('polite', GOOD, VIEW)).status).toBe(status);
  });

  test('call by call where each is judged: all must be right', async () => {
    const trajectory = trajectoryOf([call('search'), call('refund')]);
    const each = wordsSpec({
      each: 'tool_call',
      canaries: 1,
      known: [{ name: 'k', trajectory, answer: 'fail' }],
    });
    const said = (answers: string[]) =>
      deskOf(each, { port: fakePort((_, nth) => ({ answer: answers[nth - 1] ?? 'pass' })) });
    expect((await said(['fail', 'fail']).judge('solved', {}, VIEW)).status).toBe('pass');
    expect((await said(['fail', 'pass']).judge('solved', {}, VIEW)).status).toBe('error');
    const bare = {
      ...each,
      known: [{ name: 'k', trajectory: trajectoryOf([says('Hi')]), answer: 'fail' }],
    };
    expect((await deskOf(bare).judge('solved', {}, VIEW)).reason).toContain(
      'no tool call to judge',
    );
  });

  test('and believes nothing without known trials', async () => {
    const outcome = await deskOf({ ...spec, known: [] }, { port: honest() }).judge(
      'solved',
      {},
      VIEW,
    );
    expect(outcome).toMatchObject({
      status: 'error',
      reason: 'solved has no known trials to be its canaries',
    });
  });

  test('and is cut where they were', async () => {
    const recording = memoryRecording();
    await deskOf({ ...spec, canaries: 0 }, { recording, port: honest() }).judge('solved', {}, VIEW);
    const controller = new AbortController();
    controller.abort();
    const desk = deskOf(spec, { recording, signal: controller.signal });
    const outcome = await desk.judge('solved', {}, VIEW);
    expect(outcome).toMatchObject({ status: 'error' });
    expect(detailsOf(outcome)).toMatchObject({ answer: 'pass', cut: true });
  });

  test('of no judge that has none, and none that is not asked', async () => {
    const desk = deskOf(spec, { mode: 'off' });
    await desk.judge('solved', {}, VIEW);
    expect(desk.canaries().size).toBe(0);
  });
});

describe('openDesk() knows needs', () => {
  test.each<[Partial<JudgeSpec>, boolean]>([
    [{ sees: 'trajectory' }, true],
    [{ sees: 'answer' }, false],
    [{ sees: 'conversation' }, false],
    [{ sees: 'answer', each: 'tool_call' }, true],
    [{ sees: { steps: {} } }, true],
    [{ sees: { steps: { types: ['message'] } } }, false],
    [{ sees: { steps: { types: ['message', 'tool_call'] } } }, true],
  ])('%j', (more, expected) => {
    expect(deskOf(specOf(more)).needsCalls('polite')).toBe(expected);
    expect(deskOf(specOf(more)).needsCalls('constructor')).toBe(false);
  });
});

test('openDesk() sends no secret', async () => {
  const port = fakePort(() => ({ answer: 'pass' }));
  const spec = wordsSpec({
    rubric: { ...specOf().rubric, text: 'Mind s3cret' },
    context: 's3cret',
    answers: { pass: 'No s3cret', fail: 's3cret' },
    examples: [{ given: 's3cret', answer: 'pass', reason: 's3cret' }],
  });
  const redact = (text: string) => text.replaceAll('s3cret', '[redacted]');
  const desk = deskOf(spec, { port, redact });
  await desk.judge('solved', { reference: 's3cret' }, viewSaying('It is s3cret'));
  expect(port.asked.map(promptText).join()).toContain('Mind [redacted]');
  expect(port.asked.map(promptText).join()).not.toContain('s3cret');
});
