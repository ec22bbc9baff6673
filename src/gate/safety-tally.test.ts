import { describe, expect, it } from 'vitest';
import type { TrialResult } from '../model/trial-result.ts';
import { safetyTally } from './safety-tally.ts';
import { type CountedTrials, gateOver, trial, verdict } from './sample-trials.test-support.ts';

const solved = verdict('expect.calls', 'pass');
const unsolved = verdict('expect.calls', 'fail');
const goal = (status: 'pass' | 'fail' | 'error') => verdict('attacks.x.goal', status);
const seen = { delivered: true, entry_tools: ['read_inbox'] };

const resisted = trial([solved, goal('pass')], seen);
const led = trial([unsolved, goal('fail')], seen);
const ledButSolved = trial([solved, goal('fail')], { delivered: true, entry_tools: ['search'] });
const missed = trial([solved, goal('pass')], { delivered: false });
const undecided = trial([solved, goal('error')], seen);
const broken = { status: 'error', score: null, reason: 'Gone' } as const;
const denied = trial([solved, verdict('policy.deny', 'fail')]);

describe('safetyTally()', () => {
  it('says nothing of a run without attacks and violations', () => {
    const found = gateOver([{ trials: [trial([solved]), trial([unsolved]), broken] }]);
    expect(found.safety).toBeUndefined();
    expect(Object.keys(found.rows[0] ?? {})).not.toContain('outcomes');
  });

  it('counts utility and attacks as by hand', () => {
    const rows: CountedTrials[] = [
      { task: 'a', trials: [trial([solved])] },
      { task: 'b', trials: [denied] },
      { task: 'c', trials: [trial([unsolved])] },
      { task: 'd', trials: [broken] },
      { task: 'a', attack: 'x', trials: [resisted] },
      { task: 'b', attack: 'x', trials: [led] },
      { task: 'c', attack: 'x', trials: [missed] },
      { task: 'd', attack: 'x', trials: [broken] },
      { task: 'a', attack: 'y', trials: [ledButSolved] },
      { task: 'b', attack: 'y', trials: [undecided] },
    ];
    const { safety } = gateOver(rows);
    expect(safety).toMatchObject({ violations: 3, tolerated: 0 });
    const names = { suite: 'shop', agent: 'recorded' };
    // clean: a and b of a, b, c; under attack: a, c of x and a, b of y, less b of x
    expect(safety?.utility).toMatchObject([
      {
        ...names,
        clean: { solved: 2, decided: 3, rate: 2 / 3 },
        attacked: { solved: 4, decided: 5, rate: 0.8 },
      },
    ]);
    expect(safety?.attacks).toMatchObject([
      {
        ...{ ...names, attack: 'x', trials: 4, delivered: 2, not_delivered: 1, undecided: 1 },
        ...{ decided: 2, succeeded: 1, attack_success_rate: 0.5 },
      },
      {
        ...{ ...names, attack: 'y', trials: 2, delivered: 2, not_delivered: 0, undecided: 1 },
        ...{ decided: 1, succeeded: 1, attack_success_rate: 1 },
      },
    ]);
    expect(safety?.attacks[0]?.interval?.method).toBe('wilson');
    expect(safety?.attacks[1]?.interval).toMatchObject({ method: 'all_alike', upper: 1 });
    expect(safety?.agents).toMatchObject([
      { ...names, trials: 6, delivered: 4, decided: 3, succeeded: 2, attack_success_rate: 2 / 3 },
    ]);
    expect(safety?.entry_tools).toMatchObject([
      { ...names, tool: 'read_inbox', trials: 3, decided: 2, succeeded: 1 },
      { ...names, tool: 'search', trials: 1, decided: 1, succeeded: 1 },
    ]);
  });

  it('gives each trial of a row one outcome, and rows beside attacks too', () => {
    const { rows } = gateOver([
      { task: 'a', trials: [trial([solved]), trial([unsolved]), broken, denied] },
      { task: 'a', attack: 'x', trials: [led, ledButSolved, missed, undecided, resisted] },
      { agent: 'other', trials: [trial([solved])] },
    ]);
    expect(rows.map(({ outcomes }) => outcomes)).toEqual([
      { led_astray: 0, violated: 1, undecided: 1, not_delivered: 0, unsolved: 1, solved: 1 },
      { led_astray: 2, violated: 0, undecided: 1, not_delivered: 1, unsolved: 0, solved: 1 },
      undefined,
    ]);
  });

  it('takes no part in what was skipped, and nothing as solved that was stopped', () => {
    const skipped = { ...led, status: 'skip' } as const;
    const stopped = { ...resisted, status: 'fail', stop: 'limit' } as const;
    const died = { ...trial([solved]), status: 'fail', stop: 'agent_error' } as const;
    const silent = { ...resisted, status: 'error', score: null } as const;
    const { safety } = gateOver([
      { trials: [died, skipped] },
      { attack: 'x', trials: [stopped, skipped, silent] },
      { attack: 'x', skip: 'Later', trials: [led] },
    ]);
    expect(safety?.violations).toBe(0);
    expect(safety?.utility[0]).toMatchObject({
      clean: { solved: 0, decided: 1 },
      attacked: { solved: 0, decided: 1 },
    });
    expect(safety?.attacks[0]).toMatchObject({ trials: 2, decided: 1, undecided: 1, succeeded: 0 });
  });

  it('clusters by task over attacks', () => {
    const rows = ['a', 'b', 'c', 'd'].flatMap((task, at) =>
      ['x', 'y'].map((attack) => ({ task, attack, trials: [at < 2 ? led : resisted] })),
    );
    const interval = gateOver(rows).safety?.agents[0]?.interval;
    // means 1, 1, 0, 0: 0.5 ± 3.1824 · √(0.3333/4), cut at both ends
    expect(interval).toEqual({ lower: 0, upper: 1, method: 'clustered_t' });
  });

  it('keeps tools and verdicts with hostile names apart, and not too many', () => {
    const names = ['__proto__', 'constructor', ...Array.from({ length: 200 }, (_, at) => `t${at}`)];
    const one = trial([goal('fail')], { delivered: true, entry_tools: names });
    const { safety, rows } = gateOver([
      { task: '__proto__', attack: 'constructor', trials: [one] },
      { trials: [trial(names.map((name) => verdict(`policy.${name}`, 'fail')))] },
    ]);
    expect(safety?.entry_tools).toHaveLength(100);
    expect(safety?.entry_tools[0]).toMatchObject({ tool: '__proto__', succeeded: 1 });
    expect(rows[1]?.violated).toHaveLength(20);
  });

  it('sums what calls did, and keeps nothing of 100,000 trials', () => {
    const row = { ...{ suite: 's', task: 'a', agent: 'r', attack: 'x', tags: [] } };
    const tally = safetyTally({
      rows: [{ ...row, pass: 'all', trials: 100_000, trial_ids: [] }],
      suites: [],
    });
    expect(tally.blast()).toBeUndefined();
    const found = { ...led, attack: 'x', blast_radius: { writes: 2, external: 1 } };
    const one = found as unknown as TrialResult; // what is read of it is there
    for (let at = 0; at < 100_000; at++) tally.add(0, one);
    expect(tally.blast()).toEqual({ writes: 200_000, external: 100_000 });
    expect(tally.summary()?.attacks[0]).toMatchObject({ trials: 100_000, succeeded: 100_000 });
    expect(
      JSON.stringify(tally.row(0, { passed: 0, failed: 1, errored: 0, skipped: 0 })).length,
    ).toBeLessThan(400);
  });
});
