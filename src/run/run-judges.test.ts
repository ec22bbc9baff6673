import { describe, expect, it } from 'vitest';
import { JudgeFigures } from '../model/judge-figures.ts';
import {
  deskSaying,
  greeting,
  politeSuite,
  QUIET,
  resultsOf,
  runJudged,
  saying,
  settledAfter,
  taskOf,
} from './judged-run.test-support.ts';

/** Judges that wait until they are let go. */
function slowDesk(status: 'pass' | 'error' = 'pass') {
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const asked = { count: 0 };
  const desk = deskSaying(async () => {
    asked.count++;
    await gate;
    return saying(status, status === 'error' ? { cut: true } : {});
  });
  return { desk, asked, letGo: () => letGo() };
}

/** Agents that are counted. */
function countedAgents() {
  const seen = { running: 0, most: 0, done: 0 };
  const kind = greeting(async () => {
    seen.most = Math.max(seen.most, ++seen.running);
    await new Promise((resolve) => setImmediate(resolve));
    seen.running--;
    seen.done++;
  });
  return { seen, kind };
}

describe('runSuites() with LLM judges', () => {
  it('runs more agents while judges are asked, never more at once than it may', async () => {
    const { seen, kind } = countedAgents();
    const { desk, asked, letGo } = slowDesk();
    const suite = politeSuite([taskOf('greet', { trials: 10 })]);
    const running = runJudged([suite], {
      ...{ agentKinds: [kind], deskOf: () => desk, concurrency: 2 },
      judge: 'live',
    });
    await settledAfter(() => asked.count === 10);
    expect(seen).toEqual({ running: 0, most: 2, done: 10 });
    letGo();
    expect((await running).summary?.totals.pass).toBe(10);
  });

  it('runs no more at once than it may where judges answer from a recording', async () => {
    const { seen, kind } = countedAgents();
    const { desk, asked, letGo } = slowDesk();
    const suite = politeSuite([taskOf('greet', { trials: 10 })]);
    const running = runJudged([suite], { agentKinds: [kind], deskOf: () => desk, concurrency: 2 });
    await settledAfter(() => asked.count === 2);
    expect(seen).toEqual({ running: 0, most: 2, done: 2 });
    letGo();
    expect((await running).summary?.totals.pass).toBe(10);
  });

  it.each([
    [66, {}],
    [66, { slow: { concurrency: 9 } }],
    [182, { slow: {}, fast: { concurrency: 90 } }],
    [258, { fast: { concurrency: 1000 } }],
  ])(
    'holds %i trials at most, however slow the judges are, with lanes as in %j',
    async (most, lanes) => {
      const { seen, kind } = countedAgents();
      const { desk, asked, letGo } = slowDesk();
      const suite = politeSuite([taskOf('greet', { trials: 300 })]);
      const models = Object.entries(lanes).map(([name, lane]) => [name, { base_url: '', ...lane }]);
      const running = runJudged([suite], {
        ...{ agentKinds: [kind], deskOf: () => desk, concurrency: 2 },
        live: { ...QUIET, endpoints: Object.fromEntries(models) },
        judge: 'live',
      });
      await settledAfter(() => asked.count >= most);
      expect([seen.done, asked.count]).toEqual([most, most]);
      letGo();
      expect((await running).summary?.totals.pass).toBe(300);
      expect(seen.most).toBe(2);
    },
  );

  it('opens no desk for suites without judges, and runs as many as it may', async () => {
    const { seen, kind } = countedAgents();
    const suite = politeSuite([taskOf('greet', { trials: 5, expect: {} })], { judges: {} });
    const run = await runJudged([suite], {
      agentKinds: [kind],
      concurrency: 3,
      deskOf: () => {
        throw new Error('Nobody asked for a desk');
      },
    });
    expect(seen.most).toBe(3);
    expect(run.summary).not.toHaveProperty('judges');
    expect(run.summary?.totals).not.toHaveProperty('judge_cost_usd');
  });

  it('skips a trial whose judging an interruption cut, and keeps its trajectory and its cost', async () => {
    const abort = new AbortController();
    const usage = { input_tokens: 10, output_tokens: 2, cost_usd: 0.25 };
    const desk = deskSaying(async () => {
      abort.abort();
      return saying('error', { cut: true, usage });
    });
    const suite = politeSuite([taskOf('greet', { trials: 2 })]);
    const { kind } = countedAgents();
    const run = await runJudged([suite], {
      ...{ agentKinds: [kind], deskOf: () => desk, signal: abort.signal, concurrency: 1 },
    });
    const [first, second] = await resultsOf(run);
    expect(first).toMatchObject({
      status: 'skip',
      reason: 'Interrupted',
      judge_cost_usd: 0.25,
      stop: 'completed',
      verdicts: [],
    });
    expect(first && (await run.trajectory(first))?.steps).toHaveLength(1);
    expect(second).toMatchObject({ status: 'skip', reason: 'Interrupted', trajectory: null });
    expect(run.summary?.status).toBe('interrupted');
    expect(run.summary?.judges).toMatchObject([{ pass: 0, fail: 0, error: 0, cost_usd: 0.25 }]);
    expect(run.summary?.totals).toMatchObject({ judge_cost_usd: 0.25, cost_usd: null });
  });

  it('lets what rules have failed stay failed where judging was cut', async () => {
    const desk = deskSaying(async () => saying('error', { cut: true }));
    const expectations = { judge: { polite: {} }, answer: 'Goodbye' };
    const run = await runJudged([politeSuite([taskOf('greet', { expect: expectations })])], {
      ...{ agentKinds: [countedAgents().kind], deskOf: () => desk },
    });
    expect(await resultsOf(run)).toMatchObject([{ status: 'fail' }]);
  });

  it('stops asking where a ceiling of the run is reached by what judges cost', async () => {
    const suite = politeSuite([taskOf('greet', { trials: 3 })]);
    const run = await runJudged([suite], {
      agentKinds: [countedAgents().kind],
      concurrency: 1,
      ceilings: { maxCostUsd: 1 },
      deskOf: (_, { spend, signal, needsCost }) =>
        deskSaying(async () => {
          if (signal.aborted) return saying('error', { cut: true });
          spend(needsCost ? 2 : 0);
          return saying('pass');
        }),
    });
    const results = await resultsOf(run);
    expect(results.map(({ status }) => status)).toEqual(['pass', 'skip', 'skip']);
    expect(results[2]?.reason).toMatch(/ceiling of \$1 \(--max-cost\)/);
  });

  it('stops after a judge that says no with --bail', async () => {
    const desk = deskSaying(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return saying('fail');
    });
    const suite = politeSuite([taskOf('greet', { trials: 200 })]);
    const { seen, kind } = countedAgents();
    const options = { agentKinds: [kind], deskOf: () => desk, bail: true, concurrency: 2 };
    const { summary } = await runJudged([suite], options);
    expect(summary?.totals).toMatchObject({ fail: 2, skip: 198 });
    expect(seen.done).toBe(2);
  });

  it('makes an error of a trial whose judge did not decide', async () => {
    const desk = deskSaying(async () => saying('error', {}, 'Not asked (--judge off)'));
    const run = await runJudged([politeSuite([taskOf('greet')])], {
      ...{ agentKinds: [countedAgents().kind], deskOf: () => desk, judge: 'off' },
    });
    const [result] = await resultsOf(run);
    expect(result).toMatchObject({ status: 'error', score: null });
    expect(run.summary?.gate.status).toBe('error');
  });

  it('adds up what judges said under a "not" as well, where verdicts do not tell', async () => {
    const desk = deskSaying(async () => saying('fail'));
    const expectations = { not: [{ judge: { polite: { is: ['pass'] } } }] };
    const run = await runJudged([politeSuite([taskOf('greet', { expect: expectations })])], {
      ...{ agentKinds: [countedAgents().kind], deskOf: () => desk },
    });
    const [figures] = run.summary?.judges ?? [];
    expect(JudgeFigures.parse(figures)).toMatchObject({
      ...{ suite: 'shop', agent: 'greeter', judge: 'polite', wanted: 'pass' },
      ...{ pass: 0, fail: 1, error: 0, pass_rate: 0, kappa: null, corrected: null, cost_usd: 0 },
    });
    expect(run.summary?.totals.pass).toBe(1);
  });
});
