import { describe, expect, it } from 'vitest';
import type { Ballot, JudgeDetails, JudgeSpec } from '../model/llm-judge.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { Outcome } from '../model/verdict.ts';
import { judgeTally } from './judge-tally.ts';
import { driftWarnings, judgeTotals } from './judge-totals.ts';
import { deskSaying, POLITE, politeSuite, saying } from './judged-run.test-support.ts';
import type { RunDesk } from './run-desk.ts';
import { emptyResult } from './run-trial.ts';

const TONE: JudgeSpec = { ...POLITE, name: 'tone', scale: [1, 5], answers: null };
const suite = politeSuite([], {
  judges: { tone: TONE, polite: POLITE },
  agents: ['b', 'a'].map((name) => ({
    ...{ name, kind: 'greeting', config: null },
    at: { file: '', line: 1, column: 1 },
  })),
});

function desk(more: Partial<RunDesk> = {}): RunDesk {
  const standing: RunDesk['standing'] = () => ({ withheld: null, entry: null, drift: [] });
  return { ...deskSaying(async () => saying('pass')), take: () => [], standing, ...more };
}

function trial(more: Partial<TrialResult> = {}): TrialResult {
  const names = { suite: 'shop', task: 't', agent: 'a', attack: null, trial: 1 };
  return { ...emptyResult(names, 'id'), status: 'pass', ...more };
}

function ballot(answer: Ballot['answer'], more: Partial<Ballot> = {}): Ballot {
  const same = { model: 'm', vote: 1, reason: '', evidence: [], asked: 1 };
  return { ...same, answer, from: answer === null ? 'none' : 'live', ...more };
}

function figuresFor(
  outcomes: readonly Outcome[],
  more: Partial<TrialResult> = {},
  with_: Partial<RunDesk> = {},
) {
  const tally = judgeTally(new Map([[suite, desk(with_)]]));
  const asked = outcomes.map((outcome) => ({ judge: 'polite', wanted: {}, outcome }));
  tally.add(trial(more), asked);
  return tally.figures()[0];
}

describe('judgeTally()', () => {
  it('gives figures in the order of the suite, by agent, judge and what is wanted', () => {
    const tally = judgeTally(new Map([[suite, desk()]]));
    const wanted = [{ at_least: 4 }, { at_least: 3, at_most: 4, reference: 'Hello' }];
    for (const agent of ['a', 'b']) {
      tally.add(trial({ agent }), [
        { judge: 'polite', wanted: {}, outcome: saying('pass') },
        ...wanted.map((one) => ({ judge: 'tone', wanted: one, outcome: saying('fail') })),
        { judge: 'unknown', wanted: {}, outcome: saying('error') },
      ]);
    }
    expect(tally.figures().map((one) => [one.agent, one.judge, one.wanted].join(' '))).toEqual([
      'b tone at least 3 and at most 4',
      'b tone at least 4',
      'b polite pass',
      'a tone at least 3 and at most 4',
      'a tone at least 4',
      'a polite pass',
    ]);
  });

  it('leaves out what a judge was asked nothing about: a trial without a call for one that judges each', () => {
    const none = saying('pass', { steps: [], ballots: [] });
    expect(figuresFor([none, saying('fail')])).toMatchObject({ pass: 0, fail: 1, pass_rate: 0 });
  });

  it('counts ballots, votes that differ, flags, tokens and cost', () => {
    const usage = { input_tokens: 10, output_tokens: 2, cost_usd: 0.1 };
    const details: Partial<JudgeDetails> = {
      ballots: [
        ballot('pass', { asked: 2 }),
        ballot('fail', { vote: 2, from: 'recorded', asked: 0 }),
        ballot(null, { vote: 3 }),
      ],
      ...{ flags: ['Step 1 reads like an order'], usage },
    };
    const unpriced = { usage: { ...usage, cost_usd: null } };
    expect(figuresFor([saying('pass', details), saying('error', unpriced)])).toMatchObject({
      ...{ pass: 1, fail: 0, error: 1, pass_rate: 1, flagged: 1 },
      flips: { changed: 1, of: 1 },
      ballots: { live: 1, recorded: 1, lost: 1, reasked: 1 },
      ...{ input_tokens: 20, output_tokens: 4, cost_usd: 0.1, canaries: null },
    });
    expect(figuresFor([saying('pass', unpriced)])?.cost_usd).toBeNull();
  });

  it('counts an error that tells nothing, and one whose answer is not believed', () => {
    const { details: _, ...bare } = saying('error');
    const doubted = saying('error', { answer: 'pass', holds: true, withheld: 'No calibration' });
    expect(figuresFor([bare, doubted])).toMatchObject({ pass: 0, fail: 0, error: 2 });
  });

  it('tells what canaries took once, however many agents there are', () => {
    const usage = { input_tokens: 10, output_tokens: 2, cost_usd: 0.1 };
    const canaries = () => new Map([['polite', { asked: 1, missed: 0, usage }]]);
    const tally = judgeTally(new Map([[suite, desk({ canaries })]]));
    for (const agent of ['a', 'b']) {
      tally.add(trial({ agent }), [{ judge: 'polite', wanted: {}, outcome: saying('pass') }]);
    }
    expect(tally.figures().map(({ agent, cost_usd }) => [agent, cost_usd])).toEqual([
      ['b', 0.1],
      ['a', 0],
    ]);
  });

  it('counts no verdict of a trial that was cut, but what it took', () => {
    const usage = { input_tokens: 10, output_tokens: 2, cost_usd: 0.1 };
    expect(figuresFor([saying('error', { cut: true, usage })], { status: 'skip' })).toMatchObject({
      ...{ pass: 0, fail: 0, error: 0, pass_rate: null, cost_usd: 0.1 },
    });
  });

  it('tells canaries, agreement with people, and what changed since', () => {
    const entry = { kappa: 0.7 } as NonNullable<ReturnType<RunDesk['standing']>['entry']>; // no more is read
    const drift = ['its rubric changed'];
    const found = figuresFor(
      [saying('pass')],
      {},
      {
        canaries: () => new Map([['polite', { asked: 2, missed: 1 }]]),
        standing: () => ({ withheld: null, entry, drift }),
      },
    );
    expect(found).toMatchObject({
      ...{ kappa: 0.7, corrected: null, drift, canaries: { asked: 2, missed: 1 } },
    });
    expect(driftWarnings(found ? [found, { ...found, agent: 'b' }] : [])).toEqual([
      'shop › polite: its rubric changed since it was calibrated',
    ]);
  });
});

describe('judgeTotals()', () => {
  it('is nothing where nobody was asked live, and leaves unknown prices open', () => {
    const recorded = figuresFor([
      saying('pass', { ballots: [ballot('pass', { from: 'recorded' })] }),
    ]);
    expect(judgeTotals(recorded ? [recorded] : [])).toEqual({});
    const usage = { input_tokens: 10, output_tokens: 2, cost_usd: null };
    const live = figuresFor([saying('pass', { ballots: [ballot('pass')], usage })]);
    expect(judgeTotals(live ? [live] : [])).toEqual({
      ...{ judge_cost_usd: null, judge_input_tokens: 10, judge_output_tokens: 2 },
    });
  });
});
