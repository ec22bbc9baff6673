import { describe, expect, it } from 'vitest';
import type { GateRule } from '../model/plan.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { gateOver, trial, verdict } from './sample-trials.test-support.ts';

type Trial = Partial<TrialResult>;
const pass: Trial = { status: 'pass' };
const fail: Trial = { status: 'fail', score: 0 };
const lost: Trial = { status: 'error', score: null };
const cut: Trial = { status: 'skip', score: null };
const times = (number: number, one: Trial): Trial[] => Array.from({ length: number }, () => one);

const answer = (rows: readonly (readonly Trial[])[], gate: GateRule) => {
  const { status, reasons } = gateOver(
    rows.map((trials) => ({ pass: 'any', trials })),
    gate,
  );
  return [status, ...reasons];
};

describe('holdFigures() holds pass_hat_k', () => {
  it.each<[string, Trial[][], Record<string, number>, string[]]>([
    [
      'over the mean of the rows',
      [times(4, pass), [pass, pass, fail, fail]],
      { 2: 0.6 },
      ['fail', 'pass^2 is 0.5833, wanted at least 0.6'],
    ],
    ['at its limit', [[pass, pass, fail]], { 2: 1 / 3 }, ['pass', 'pass^2 is 0.3333, wanted']],
    [
      'whatever errored and skipped trials had done',
      [[pass, pass, lost, cut]],
      { 2: 0.1 },
      ['pass', 'pass^2 is between 0.1667 and 1, wanted at least 0.1'],
    ],
    ['or not at all', [[pass, pass, lost, cut]], { 2: 0.5 }, ['error', 'pass^2 is between']],
    ['and fails at its best', [[pass, fail, fail, lost]], { 2: 0.5 }, ['fail', 'pass^2 is betw']],
    [
      'for each k',
      [times(2, pass), [pass, fail]],
      { 1: 0.7, 2: 0.7 },
      ['fail', 'pass^1 is 0.75', 'pass^2 is 0.5'],
    ],
    [
      'only where every row has as many trials',
      [times(4, pass), times(2, pass), [pass]],
      { 4: 0.1 },
      ['error', 'pass^4 cannot be told: "task-1" has 2 trials, and 1 more tasks have too few'],
    ],
    [
      'of a task with one',
      [[pass]],
      { 2: 0 },
      ['error', 'pass^2 cannot be told: "task-0" has 1 t'],
    ],
  ])('%s', (_, rows, pass_hat_k, expected) => {
    const [status, ...reasons] = answer(rows, { pass_hat_k });
    expect(status).toBe(expected[0]);
    expect(reasons.map((one, at) => one.slice(0, expected[at + 1]?.length))).toEqual(
      expected.slice(1),
    );
  });

  it('with trials that passed before, and with tolerated violations', () => {
    const gate = { pass_hat_k: { 4: 1 } };
    const rerun = { left_out: 2, pass: 'any' as const, trials: times(2, pass) };
    expect(gateOver([rerun], gate).status).toBe('pass');
    const denied = trial([verdict('policy.deny', 'fail')]);
    const rows = [{ pass: 'any' as const, trials: [denied, pass] }];
    const tolerant = { pass_hat_k: { 2: 1 }, tolerate: ['policy.deny'] };
    expect(gateOver(rows, tolerant).status).toBe('pass');
  });
});

describe('holdFigures() holds max_cost_usd', () => {
  const at = (cost_usd: number | null): Trial => ({ cost_usd });
  it.each<[string, Trial[][], string, string]>([
    ['over all trials', [[at(0.1)], [at(0.2)]], 'pass', 'cost_usd is 0.3, wanted at most 0.3'],
    ['and fails above', [[at(0.1), at(0.2)], [at(0.01)]], 'fail', 'cost_usd is 0.31, wanted at m'],
    ['with what errors cost', [[{ ...lost, ...at(0.4) }]], 'fail', 'cost_usd is 0.4, wanted at m'],
    [
      'as an error where a cost is not known',
      [[at(0.1), at(null)]],
      'error',
      'cost_usd is 0.1 or more, not known of 1 of 2 trials, wanted at most 0.3',
    ],
    [
      'but fails where the rest is too much',
      [[at(1)], [at(null)]],
      'fail',
      'cost_usd is 1 or more',
    ],
    ['and takes no cut trial for a cheap one', [[at(0)], [{ ...cut, ...at(0) }]], 'error', 'cost_'],
    ['in small figures', [[at(0.000123)]], 'pass', 'cost_usd is 0.000123, wanted at most 0.3'],
  ])('%s', (_, rows, status, reason) => {
    const gate = { pass_rate: 0, max_cost_usd: 0.3 };
    const [found, , words] = answer(rows, gate);
    expect(found).toBe(status);
    expect(words?.slice(0, reason.length)).toBe(reason);
  });
});

describe('holdFigures() holds p95_seconds', () => {
  const took = (seconds: number): Trial => ({ duration_ms: seconds * 1000 });
  const up = (to: number) => Array.from({ length: to }, (_, index) => took(to - index));
  it.each<[string, Trial[], number, string, string]>([
    ['by nearest rank, of 20 trials the 19th', up(20), 19, 'pass', 'p95_seconds is 19, wanted'],
    ['and fails above', up(20), 18.9, 'fail', 'p95_seconds is 19, wanted at most 18.9'],
    ['of fewer the last', up(19), 18, 'fail', 'p95_seconds is 19'],
    ['of one', [took(2)], 2, 'pass', 'p95_seconds is 2'],
    ['of 100 the 95th', up(100), 95, 'pass', 'p95_seconds is 95,'],
    [
      'whatever unknown ones took',
      [...up(19), lost],
      19,
      'pass',
      'p95_seconds is between 18 and 19, not known of 1 of 20 trials, wanted at most 19',
    ],
    ['and errs where they decide', [...up(19), lost], 18, 'error', 'p95_seconds is between 18'],
    ['and errs where they are many', [took(1), took(9), cut], 10, 'error', 'p95_seconds is 9 or'],
    ['but fails at their quickest', [took(1), took(9), lost], 8, 'fail', 'p95_seconds is 9 or mor'],
    ['of nothing that was timed', [pass, pass], 10, 'error', 'p95_seconds is 0 or more, not kn'],
    ['without the time of an error', [{ ...lost, ...took(1) }], 10, 'error', 'p95_seconds is 0 or'],
  ])('%s', (_, trials, p95_seconds, status, reason) => {
    const [found, , words] = answer([trials], { pass_rate: 0, p95_seconds });
    expect(found).toBe(status);
    expect(words?.slice(0, reason.length)).toBe(reason);
  });
});

describe('holdGate() holds the default besides', () => {
  it.each<[string, GateRule]>([
    ['max_cost_usd', { max_cost_usd: 1 }],
    ['p95_seconds', { p95_seconds: 1 }],
    ['tags', { tags: { smoke: { pass_rate: 0 } } }],
    ['agents', { agents: { recorded: { pass_rate: 0 } } }],
    ['tolerate', { tolerate: ['policy.deny'] }],
  ])('of a gate with %s alone', (_, gate) => {
    const timed = { cost_usd: 0, duration_ms: 10 };
    const rows = (one: Trial) => [{ tags: ['smoke'], trials: [{ ...one, ...timed }] }];
    expect(gateOver(rows(pass), gate).status).toBe('pass');
    const found = gateOver(rows(fail), gate);
    expect([found.status, found.reasons[0]]).toEqual(['fail', '1 of 1 task failed']);
  });

  it('but not of one with pass_hat_k', () => {
    expect(gateOver([{ trials: [fail, pass] }], { pass_hat_k: { 1: 0.5 } }).status).toBe('pass');
  });
});

describe('holdGate() holds the figures of tags and agents', () => {
  const smoke = { tags: ['smoke', 'refund'], trials: [fail] };
  const other = { tags: ['refund'], trials: [pass] };

  it('over the rows with that tag, besides those of the suite', () => {
    const gate = { pass_rate: 0.5, tags: { smoke: { pass_rate: 0.9 }, refund: { score: 0.5 } } };
    const { status, reasons } = gateOver([smoke, other], gate);
    expect(status).toBe('fail');
    expect(reasons).toEqual([
      'pass_rate is 0.5, wanted at least 0.5',
      'Tag "smoke": pass_rate is 0, wanted at least 0.9',
      'Tag "refund": score is 0.5, wanted at least 0.5',
    ]);
  });

  it('as errors where no row of a tag counts, or none was selected', () => {
    const away = { tags: ['slow'], skip: 'Later', trials: [cut] };
    const tags = { slow: { pass_rate: 0 }, night: { pass_rate: 0 }, constructor: { score: 0 } };
    const { status, reasons } = gateOver([other, away], { pass_rate: 0, tags });
    expect(status).toBe('error');
    expect(reasons.slice(1)).toEqual([
      'Tag "slow": No task counts',
      'Tag "night": No task was selected, so its gate cannot be held',
      'Tag "constructor": No task was selected, so its gate cannot be held',
    ]);
  });

  it('of one agent besides those of all, and not of others', () => {
    const rows = ['a', 'b'].map((agent) => ({ agent, trials: [pass, fail] }));
    const agents = { b: { pass_hat_k: { 2: 0.5 } } };
    const { status, reasons } = gateOver(rows, { pass_hat_k: { 1: 0.5 }, agents });
    expect(status).toBe('fail');
    expect(reasons).toEqual([
      'shop (b): pass^1 is 0.5, wanted at least 0.5',
      'shop (b): Agent "b": pass^2 is 0, wanted at least 0.5',
    ]);
    expect(gateOver(rows, { pass_hat_k: { 1: 0.5 }, agents: {} }).status).toBe('pass');
  });

  it('of an agent named like what objects inherit', () => {
    const rows = [{ agent: 'constructor', trials: [pass] }];
    expect(gateOver(rows, { pass_rate: 1, agents: { a: { pass_rate: 1 } } }).status).toBe('pass');
  });
});
