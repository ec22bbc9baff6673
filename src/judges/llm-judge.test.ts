import { describe, expect, it } from 'vitest';
import { viewOf } from '../match/view.ts';
import type { Wanted } from '../model/llm-judge.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { JudgeDesk } from '../panel/desk.ts';
import { BARE_SETTING, failed, passed, undecided } from './judge.ts';
import { judge } from './judge-trajectory.ts';
import { judgeView } from './judge-view.ts';
import type { Asked } from './question.ts';
import { questionsOf } from './questions.ts';
import { judges } from './registry.ts';

const trajectory: Trajectory = {
  schema_version: 1,
  task: 't',
  agent: 'a',
  trial: 1,
  steps: [
    { type: 'message', role: 'user', content: 'Hi' },
    { type: 'message', role: 'assistant', content: 'Welcome' },
    { type: 'message', role: 'user', content: 'Bye' },
    { type: 'message', role: 'assistant', content: 'See you' },
  ],
  stop: 'completed',
};

/** A desk at which judges answer as their names say, and what it was asked. */
function deskOf() {
  const asked: { name: string; wanted: Wanted; steps: number }[] = [];
  const desk: JudgeDesk = {
    needsCalls: (name) => name.startsWith('calls'),
    judge: async (name, wanted, view) => {
      asked.push({ name, wanted, steps: view.steps.length });
      if (name.endsWith('bad')) return failed('It is bad', [1], { answer: 'fail' });
      return name.endsWith('lost')
        ? undecided('It is lost')
        : { ...passed('It is good'), score: 0.75 };
    },
  };
  return { desk, asked };
}

async function verdictsOf(asked: Asked, more: Partial<Trajectory> = {}) {
  const { desk, asked: questions } = deskOf();
  const setting = { ...BARE_SETTING, judges, desk };
  const judged = await judgeView(viewOf({ ...trajectory, ...more }), questionsOf(asked, setting));
  const verdicts = judged.verdicts.filter(({ path }) => path !== 'expect.stop');
  return { ...judged, verdicts, questions };
}

describe('llmJudge', () => {
  it('asks each judge at the desk, with a verdict for each', async () => {
    const { status, verdicts, questions } = await verdictsOf({
      expect: {
        judge: {
          good: { at_least: 4, reference: 'Gladly' },
          bad: {},
          other: { is: 'yes' },
          ['__proto__']: { is: ['yes', 'no'] },
          high: { at_most: 0 },
        },
      },
    });
    expect(status).toBe('fail');
    expect(verdicts.map(({ path, kind, status: one, score }) => [path, kind, one, score])).toEqual([
      ['expect.judge.good', 'judge', 'pass', 0.75],
      ['expect.judge.bad', 'judge', 'fail', 0],
      ['expect.judge.other', 'judge', 'pass', 0.75],
      ['expect.judge.__proto__', 'judge', 'pass', 0.75],
      ['expect.judge.high', 'judge', 'pass', 0.75],
    ]);
    expect(verdicts[1]).toMatchObject({ evidence: [1], details: { answer: 'fail' } });
    expect(questions.map(({ wanted }) => wanted)).toEqual([
      { at_least: 4, reference: 'Gladly' },
      { is: ['pass'] },
      { is: ['yes'] },
      { is: ['yes', 'no'] },
      { at_most: 0 },
    ]);
  });

  it('passes no trial that a judge is undecided about, and prefers without failing any', async () => {
    const lost = await verdictsOf({ expect: { judge: { lost: {} } } });
    expect(lost).toMatchObject({ status: 'error', score: null });
    const preferred = await verdictsOf({
      expect: { answer: 'See you' },
      prefer: { judge: { bad: {}, good: {}, lost: {} } },
      weights: { 'judge.good': 2, answer: 0, judge: 1 },
    });
    expect(preferred).toMatchObject({ status: 'pass', score: 0.5 });
    expect(preferred.verdicts.map(({ path, required }) => [path, required])).toContainEqual([
      'prefer.judge.lost',
      false,
    ]);
  });

  it('is asked about a turn where a turn expects it', async () => {
    const conversation = [
      { user: 'Hi', expect: { judge: { bad: {} } } },
      { user: 'Bye', expect: {} },
    ];
    const { verdicts, questions } = await verdictsOf({ conversation });
    expect(verdicts).toMatchObject([{ path: 'conversation.0.expect.judge.bad', status: 'fail' }]);
    expect(questions).toMatchObject([{ name: 'bad', steps: 2 }]);
  });

  it.each([
    ['bad', 'pass'],
    ['good', 'fail'],
    ['lost', 'error'],
  ])('turns round under not, but for what is not known: %s', async (name, status) => {
    const { verdicts } = await verdictsOf({ expect: { not: [{ judge: { [name]: {} } }] } });
    expect(verdicts).toMatchObject([{ path: 'expect.not.0', status }]);
  });

  it('is not asked where nobody watched the calls that it would be shown', async () => {
    const asked = { expect: { judge: { calls_good: {}, good: {} } } };
    const { verdicts, questions } = await verdictsOf(asked, { calls: 'not_captured' });
    expect(verdicts.map(({ status }) => status)).toEqual(['error', 'pass']);
    expect(questions.map(({ name }) => name)).toEqual(['good']);
  });

  it('is an error where there is no desk', async () => {
    const { status, verdicts } = await judge(trajectory, { judge: { polite: { at_least: 4 } } });
    expect(status).toBe('error');
    expect(verdicts.at(-1)).toMatchObject({
      path: 'expect.judge.polite',
      status: 'error',
      reason: 'LLM judges are not asked here',
    });
  });

  it.each([
    [{}, 'judge: Expected at least one judge'],
    [{ a: { is: [] } }, 'judge.a.is: '],
    [{ a: { at_least: 2, at_most: 1 } }, 'judge.a: Nothing is at_least as high'],
    [{ a: { reference: './right.md' } }, 'judge.a.reference: Expected the text itself'],
    [{ a: { is_not: 'pass' } }, 'judge.a: '],
  ])('refuses %j', async (value, message) => {
    await expect(judge(trajectory, { judge: value })).rejects.toThrow(message);
  });
});
