import { describe, expect, it } from 'vitest';
import { storedAgents } from '../agents/stored.ts';
import { AgentopsError } from '../errors.ts';
import type { Suite } from '../model/suite.ts';
import type { StoredRun } from '../store/stored-run.ts';
import {
  deskSaying,
  greeting,
  politeSuite,
  resultsOf,
  runJudged,
  saying,
  taskOf,
} from './judged-run.test-support.ts';
import { rejudgedRows } from './rejudged-rows.ts';
import type { RunOptions } from './run-options.ts';

const ONE_SAYS_NO = deskSaying(async () => saying('fail'));
const ONE_SAYS_YES = deskSaying(async () => saying('pass'));

function rejudge(
  run: StoredRun,
  suite: Suite,
  options: Partial<RunOptions> = {},
): Promise<StoredRun> {
  const agents = suite.agents.map((agent) => ({ ...agent, kind: 'stored' }));
  return runJudged([{ ...suite, agents }], {
    agentKinds: [storedAgents(run)],
    rowsOf: rejudgedRows(run.plan.rows),
    judgedFrom: run.id,
    deskOf: () => ONE_SAYS_YES,
    ...options,
  });
}

describe('rejudgedRows() and storedAgents()', () => {
  it('judge what was stored by what is asked now, and drive no agent', async () => {
    let driven = 0;
    const kind = greeting(() => void driven++);
    const suite = politeSuite([taskOf('greet', { trials: 3 }), taskOf('bid-farewell')]);
    const first = await runJudged([suite], { agentKinds: [kind], deskOf: () => ONE_SAYS_NO });
    expect(first.summary?.totals.fail).toBe(4);
    const second = await rejudge(first, politeSuite([taskOf('greet'), taskOf('bid-farewell')]));
    expect(driven).toBe(4);
    expect(second.plan.judged_from).toBe(first.id);
    expect(second.summary?.totals).toMatchObject({ planned: 4, pass: 4 });
    const [result] = await resultsOf(second);
    expect(result && (await second.trajectory(result))?.steps).toHaveLength(1);
    expect(second.plan.rows.map(({ trial_ids }) => trial_ids)).toEqual(
      first.plan.rows.map(({ trial_ids }) => trial_ids),
    );
  });

  it('warn of tasks that the suite has no longer', async () => {
    const suite = politeSuite([taskOf('greet'), taskOf('bid-farewell', { trials: 2 })]);
    const first = await runJudged([suite], { ...agents(), deskOf: () => ONE_SAYS_YES });
    const second = await rejudge(first, politeSuite([taskOf('greet'), taskOf('new')]));
    expect(second.summary?.totals.planned).toBe(1);
    expect(second.summary?.warnings).toEqual([
      `2 trials of run ${first.id} left out: the suite has no task "bid-farewell" now`,
    ]);
  });

  it('keep errors of trials that left nothing to judge, with their reason', async () => {
    const broken = greeting(({ trial }) => {
      if (trial === 1) throw new AgentopsError('agent_fault', 'Cannot start the agent');
    });
    const suite = politeSuite([taskOf('greet', { trials: 2 })]);
    const first = await runJudged([suite], { agentKinds: [broken], deskOf: () => ONE_SAYS_YES });
    const results = await resultsOf(await rejudge(first, suite));
    expect(results).toMatchObject([
      {
        status: 'error',
        reason: `There is nothing to judge in run ${first.id}: Cannot start the agent`,
      },
      { status: 'pass' },
    ]);
  });

  it('keep the fault of a trial that could not be decided', async () => {
    const fault = new AgentopsError('mock_fault', 'No mock answers get_order');
    const suite = politeSuite([taskOf('greet')]);
    const first = await runJudged([suite], {
      agentKinds: [greeting(() => undefined, { end: { stop: null }, fault })],
      deskOf: () => ONE_SAYS_YES,
    });
    const [result] = await resultsOf(await rejudge(first, suite));
    expect(result).toMatchObject({ status: 'error', reason: 'No mock answers get_order' });
  });

  it('make errors of trials that were not run, and judge those whose judges alone were cut', async () => {
    const abort = new AbortController();
    const cut = deskSaying(async () => {
      abort.abort();
      return saying('error', { cut: true });
    });
    const suite = politeSuite([taskOf('greet', { trials: 2 })]);
    const options = { deskOf: () => cut, signal: abort.signal, concurrency: 1 };
    const first = await runJudged([suite], { ...agents(), ...options });
    expect(first.summary?.totals.skip).toBe(2);
    const results = await resultsOf(await rejudge(first, suite));
    expect(results).toMatchObject([
      { status: 'pass' },
      {
        status: 'error',
        reason: `There is nothing to judge in run ${first.id}: Interrupted`,
      },
    ]);
  });

  it('keep the trials of a run with --failed as they were', async () => {
    const suite = politeSuite([taskOf('greet', { trials: 3, pass: { at_least: 2 } })]);
    const whole = await runJudged([suite], { ...agents(), deskOf: () => ONE_SAYS_YES });
    const second = whole.plan.rows[0]?.trial_ids[1] ?? '';
    const failed = await runJudged([suite], {
      ...{ ...agents(), deskOf: () => ONE_SAYS_NO, selection: { only: new Set([second]) } },
    });
    const again = await rejudge(failed, suite);
    expect(again.plan.rows).toMatchObject([{ trials: 1, numbers: [2], left_out: 2 }]);
    expect(again.summary?.totals).toMatchObject({ planned: 1, pass: 1 });
  });

  it('keep lines that could not be read as errors', async () => {
    const suite = politeSuite([taskOf('greet')]);
    const kind = greeting(() => undefined, {}, [{ line: 7, reason: 'it is not valid JSON' }]);
    const options = { agentKinds: [kind], deskOf: () => ONE_SAYS_YES };
    const first = await runJudged([suite], options);
    const [, unread] = await resultsOf(await rejudge(first, suite));
    expect(unread).toMatchObject({
      ...{ status: 'error', task: null },
      reason: 'Cannot read "greetings.jsonl" line 7: it is not valid JSON',
    });
  });
});

function agents() {
  return { agentKinds: [greeting(() => undefined)] };
}
