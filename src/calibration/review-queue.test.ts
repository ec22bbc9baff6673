import { describe, expect, it } from 'vitest';
import type { TrialResult } from '../model/trial-result.ts';
import type { Verdict } from '../model/verdict.ts';
import { inQueueOrder, judgeNamed, queueReason } from './review-queue.ts';

type Status = Verdict['status'];

function rule(path: string, status: Status, required = true): Verdict {
  return { path, kind: 'rule', required, status, score: 1, reason: 'so', evidence: [] };
}

const kept = [rule('expect.stop', 'pass'), rule('expect.calls.exact', 'pass')];
const broken = [rule('expect.stop', 'pass'), rule('expect.never', 'fail')];

function judge(name: string, status: Status, more: object = {}): Verdict {
  const details = {
    judge: name,
    wanted: { is: ['pass'] },
    agree: 'majority',
    answer: null,
    holds: null,
    ballots: [],
    ...more,
  };
  const holds = status === 'error' ? {} : { holds: status === 'pass' };
  const head = rule(`expect.judge.${name}`, status);
  return { ...head, kind: 'judge', details: { ...details, ...holds, ...more } };
}

const ballots = (...answers: (string | number | null)[]) => ({
  ballots: answers.map((answer, index) => ({
    model: 'm',
    vote: index + 1,
    answer,
    reason: '',
    evidence: [],
    from: 'live',
    asked: 1,
  })),
});

function trial(
  status: TrialResult['status'],
  verdicts: Verdict[],
  more: Partial<TrialResult> = {},
): TrialResult {
  const figures = {
    turns: 1,
    tool_calls: 0,
    input_tokens: null,
    output_tokens: null,
    cost_usd: null,
    duration_ms: null,
  };
  const names = { id: 'x', suite: 's', task: 't', agent: 'a', attack: null, trial: 1 };
  return { ...names, ...figures, status, score: null, stop: 'completed', verdicts, ...more };
}

describe('queueReason()', () => {
  it.each<[string, TrialResult, string, string]>([
    [
      'judges',
      trial('fail', [judge('polite', 'pass'), judge('solved', 'fail'), ...kept]),
      'disagreement',
      'polite passes, solved fails; solved fails, every rule passes',
    ],
    [
      'a judge and a broken rule',
      trial('fail', [judge('polite', 'pass'), ...broken]),
      'disagreement',
      'polite passes, expect.never fails',
    ],
    [
      'a judge and all rules',
      trial('fail', [judge('polite', 'fail'), ...kept]),
      'disagreement',
      'polite fails, every rule passes',
    ],
    [
      'a judge whose answer is withheld',
      trial('error', [judge('polite', 'error', { holds: true, withheld: 'kappa' }), ...broken]),
      'disagreement',
      'polite passes, expect.never fails',
    ],
    [
      'ballots',
      trial('pass', [judge('polite', 'pass', ballots('pass', 'fail', 'pass', null)), ...kept]),
      'disagreement',
      'ballots of polite differ: pass, fail, pass',
    ],
    [
      'values that hold and do not',
      trial('pass', [judge('polite', 'pass', { wanted: { at_least: 4 }, ...ballots(3, 5, 4) })]),
      'disagreement',
      'ballots of polite differ: 3, 5, 4',
    ],
    [
      'an attempt to sway it',
      trial('pass', [judge('polite', 'pass', { flags: ['verdict in step 3'] })]),
      'disagreement',
      'polite was shown what may sway it: verdict in step 3',
    ],
    [
      'a lost judge',
      trial('error', [judge('polite', 'error'), ...kept]),
      'undecided judge',
      'polite undecided',
    ],
    [
      'a judge without details',
      trial('error', [{ ...judge('polite', 'error'), details: undefined }]),
      'undecided judge',
      'polite undecided',
    ],
    ['a broken rule', trial('fail', broken), 'failed', 'failed: expect.never'],
    [
      'a judge that fails beside the stop alone',
      trial('fail', [judge('polite', 'fail'), rule('expect.stop', 'pass')]),
      'failed',
      'failed: expect.judge.polite',
    ],
    [
      'an unreadable record',
      trial('error', [], { reason: 'It is torn' }),
      'error',
      'in error: It is torn',
    ],
    ['nothing', trial('fail', []), 'failed', 'failed'],
    [
      'values that all hold',
      trial('pass', [judge('polite', 'pass', { wanted: { at_least: 4 }, ...ballots(4, 5) })]),
      'passed',
      'passed',
    ],
    [
      'a rule that only scores',
      trial('pass', [judge('polite', 'pass'), rule('prefer.says', 'fail', false)]),
      'passed',
      'passed',
    ],
  ])('ranks a trial by %s', (_, result, rank, why) => {
    expect(queueReason(result)).toEqual({ rank, why });
  });

  it('compares ballots of one step only, where each is judged', () => {
    const votes = ballots('pass', 'fail').ballots.map((one, step) => ({ ...one, step }));
    expect(queueReason(trial('pass', [judge('needed', 'pass', { ballots: votes })]))?.rank).toBe(
      'passed',
    );
  });

  it('leaves out what was not run, and what names no task', () => {
    expect(queueReason(trial('skip', []))).toBeNull();
    expect(queueReason(trial('error', [], { task: null }))).toBeNull();
  });
});

describe('inQueueOrder()', () => {
  it('sorts by rank and keeps the order inside each', () => {
    const ranks = [
      'passed',
      'failed',
      'disagreement',
      'failed',
      'error',
      'undecided judge',
    ] as const;
    const entries = ranks.map((rank, id) => ({ rank, id }));
    expect(inQueueOrder(entries).map(({ id }) => id)).toEqual([2, 5, 1, 3, 4, 0]);
  });
});

describe('judgeNamed()', () => {
  it('finds the name in the details, else in the path', () => {
    expect(judgeNamed(judge('polite', 'pass'))).toBe('polite');
    const bare = {
      ...judge('x', 'error'),
      details: undefined,
      path: 'conversation.1.expect.judge.a.b',
    };
    expect(judgeNamed(bare)).toBe('a.b');
    expect(judgeNamed(rule('expect.judge.x', 'pass'))).toBeNull();
  });
});
