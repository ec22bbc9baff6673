import { describe, expect, it } from 'vitest';
import type { GateRule } from '../model/plan.ts';
import type { GateResult } from '../model/run.ts';
import { greeting, politeSuite, runJudged, taskOf } from './judged-run.test-support.ts';

/** The gate of a run of four trials, each of which took that many seconds and cost that many dollars. */
async function gateOf(
  gate: GateRule,
  cost_usd: number | undefined,
  seconds: number | undefined,
): Promise<GateResult | undefined> {
  const usage = { input_tokens: 1, output_tokens: 1 };
  const priced = cost_usd === undefined ? {} : { cost_usd };
  const timed = seconds === undefined ? {} : { at_ms: seconds * 1000 };
  const steps = [
    { type: 'model' as const, model: 'small', usage, ...priced },
    { type: 'message' as const, role: 'assistant' as const, content: 'Hello', ...timed },
  ];
  const tasks = ['a', 'b'].map((id) =>
    taskOf(id, { tags: [id], trials: 2, expect: { answer: 'Hello' } }),
  );
  const suite = politeSuite(tasks, { gate, judges: {} });
  const kind = greeting(() => undefined, { steps });
  const { summary } = await runJudged([suite], { agentKinds: [kind] });
  return summary?.gate;
}

describe('runSuites() holds what trials took against the gate', () => {
  it.each<[string, GateRule, number | undefined, number | undefined, string, string]>([
    ['a cost', { max_cost_usd: 0.4 }, 0.1, 1, 'pass', 'cost_usd is 0.4, wanted at most 0.4'],
    ['a cost above', { max_cost_usd: 0.3 }, 0.1, 1, 'fail', 'cost_usd is 0.4, wanted at most 0.3'],
    ['no cost', { max_cost_usd: 1 }, undefined, 1, 'error', 'not known of 4 of 4 trials'],
    ['a time', { p95_seconds: 2 }, 0.1, 2, 'pass', 'p95_seconds is 2, wanted at most 2'],
    ['a time above', { p95_seconds: 1 }, 0.1, 2, 'fail', 'p95_seconds is 2, wanted at most 1'],
    ['no time', { p95_seconds: 1 }, 0.1, undefined, 'error', 'not known of 4 of 4 trials'],
    [
      'a time of a tag',
      { tags: { a: { p95_seconds: 1, max_cost_usd: 0.2 } } },
      ...([0.1, 2, 'fail', 'Tag "a": p95_seconds is 2'] as const),
    ],
    [
      'a time of an agent',
      { agents: { greeter: { p95_seconds: 1 } } },
      ...([0.1, 2, 'fail', 'Agent "greeter": p95_seconds is 2'] as const),
    ],
    ['pass^k', { pass_hat_k: { 2: 1 } }, 0.1, 1, 'pass', 'pass^2 is 1, wanted at least 1'],
    ['pass^k of too many', { pass_hat_k: { 3: 1 } }, 0.1, 1, 'error', 'pass^3 cannot be told'],
  ])('%s', async (_, gate, cost, seconds, status, reason) => {
    const held = await gateOf(gate, cost, seconds);
    expect(held?.status).toBe(status);
    expect(held?.reasons.join('\n')).toContain(reason);
  });
});
