import { beforeAll, describe, expect, it } from 'vitest';
import { loadRegex } from '../match/engines.ts';
import { call, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import { viewOf } from '../match/view.ts';
import type { Trajectory } from '../model/trajectory.ts';
import { BARE_SETTING } from './judge.ts';
import { judgeView } from './judge-view.ts';
import type { Asked } from './question.ts';
import { questionsOf } from './questions.ts';
import { judges } from './registry.ts';

const shop = trajectoryOf([call('get', { id: 1 }), call('pay', { amount: 5 }), says('Done')]);

const judged = (asked: Asked, trajectory: Trajectory = shop) =>
  judgeView(viewOf(trajectory), questionsOf(asked, { ...BARE_SETTING, judges }));
const ofJudged = async (asked: Asked, trajectory?: Trajectory) => {
  const { status, score, verdicts } = await judged(asked, trajectory);
  return { status, score, paths: verdicts.map(({ path }) => path) };
};

beforeAll(loadRegex);

describe('questionsOf()', () => {
  it('names every verdict by its key path', async () => {
    const asked: Asked = {
      expect: { calls: [{ exact: [] }, { count: { get: 1 } }], not: [{ answer: 'No' }] },
      prefer: { limits: { tool_calls: 1 } },
      limits: { tool_calls: 9 },
      suite: { expect: { never: ['cancel'] }, limits: { turns: 9 } },
    };
    const { paths } = await ofJudged(asked);
    expect(paths.toSorted()).toEqual(
      [
        'expect.stop',
        'expect.calls.0.exact',
        'expect.calls.1.count',
        'expect.not.0',
        'suite.expect.never',
        'limits',
        'suite.limits',
        'prefer.limits',
      ].toSorted(),
    );
  });

  it('asks for a completed end unless task or suite say otherwise', async () => {
    const broken = trajectoryOf([says('Oops')], { stop: 'agent_error' });
    expect((await ofJudged({ expect: {} }, broken)).status).toBe('fail');
    expect((await ofJudged({ expect: { stop: 'agent_error' } }, broken)).status).toBe('pass');
    const suite = { expect: { stop: 'agent_error' } };
    expect((await ofJudged({ suite }, broken)).status).toBe('pass');
    expect((await ofJudged({ prefer: { stop: 'agent_error' } }, broken)).status).toBe('fail');
    expect((await ofJudged({ expect: { not: [{ stop: 'completed' }] } }, broken)).status).toBe(
      'fail',
    );
  });

  it.each<[name: string, asked: Asked, status: string, score: number | null]>([
    [
      'what is preferred moves the score alone',
      { prefer: { never: ['pay'], answer: 'Done' } },
      'pass',
      0.5,
    ],
    [
      'an error of what is preferred leaves status and score alone',
      { prefer: { limits: { tokens: 1 }, answer: 'Done' } },
      'pass',
      1,
    ],
    [
      'an error of what is required leaves no score',
      { expect: { limits: { tokens: 1 }, answer: 'Done' } },
      'error',
      null,
    ],
    [
      'verdicts weigh alike',
      { expect: { answer: 'Done', never: ['get'], says: ['Done'] } },
      'fail',
      2 / 3,
    ],
    [
      'weights name paths without their root',
      { expect: { answer: 'Done' }, prefer: { never: ['get'] }, weights: { never: 3 } },
      'pass',
      1 / 4,
    ],
    [
      'a weight holds for everything below its path',
      {
        expect: { calls: [{ exact: [] }, { any_order: ['get'] }], answer: 'Done' },
        weights: { calls: 0.5 },
      },
      'fail',
      1.5 / 2,
    ],
    [
      'a longer path wins',
      {
        expect: { calls: [{ exact: [] }, { any_order: ['get'] }], answer: 'Done' },
        weights: { calls: 0.5, 'calls.0.exact': 2 },
      },
      'fail',
      1.5 / 3.5,
    ],
    [
      'a weight of 0 leaves a verdict out of the score, not out of the status',
      { expect: { answer: 'No', says: ['Done'] }, weights: { answer: 0 } },
      'fail',
      1,
    ],
    [
      'a weight does not look at the prototype',
      { expect: { answer: 'Done' }, weights: { constructor: 5 } },
      'pass',
      1,
    ],
    ['what the suite asks is required', { suite: { expect: { never: ['get'] } } }, 'fail', 0],
    [
      'ceilings of task and suite are required',
      { limits: { tool_calls: 9 }, suite: { limits: { tool_calls: 1 } } },
      'fail',
      0.5,
    ],
  ])('%s', async (_, asked, status, score) => {
    const found = await ofJudged(asked);
    expect(found.status).toBe(status);
    if (score === null) expect(found.score).toBeNull();
    else expect(found.score).toBeCloseTo(score, 12);
  });
});
