import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge } from '../../judges/judge-trajectory.ts';
import type { Trajectory } from '../../model/trajectory.ts';
import { adkEvalsetSuite } from './adk-evalset-suite.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'agentops-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function recorded(turns: number, args: object = { args: { on: true } }): Trajectory {
  const steps = Array.from({ length: turns }, () => [
    { type: 'message' as const, role: 'user' as const, content: 'On' },
    { type: 'tool_call' as const, tool: 'lamp', ...args },
  ]).flat();
  return { schema_version: 1, task: 't', agent: 'a', trial: 1, steps, stop: 'completed' };
}

async function expected(criteria: unknown, trajectory = recorded(1)) {
  const rules = path.join(folder, 'config.json');
  await writeFile(rules, JSON.stringify({ criteria }));
  const source = await adkEvalsetSuite({ rules });
  return { ...source.task(trajectory, null), notes: source.notes?.() };
}

describe('adkEvalsetSuite()', () => {
  it('expects the calls exactly unless told otherwise', async () => {
    const source = await adkEvalsetSuite({});
    expect(source.task(recorded(1), null)).toEqual({
      id: 't',
      input: 'On',
      expect: { calls: { exact: [{ lamp: { on: true } }] } },
    });
    expect(source.notes?.()).toEqual([
      'response_match_score of ADK is not judged here: texts are not compared.',
    ]);
  });

  it('takes the order from the criterion', async () => {
    const score = (match_type: unknown) => ({
      tool_trajectory_avg_score: { threshold: 1, match_type },
    });
    const calls = [{ lamp: { on: true } }];
    expect((await expected(score('IN_ORDER'))).expect).toEqual({ calls: { in_order: calls } });
    expect((await expected(score('ANY_ORDER'))).expect).toEqual({ calls: { any_order: calls } });
    expect((await expected(score(undefined))).expect).toEqual({ calls: { exact: calls } });
    await expect(expected(score('SOMEHOW'))).rejects.toThrow('Cannot use');
  });

  it('compares several turns one by one, as ADK does, up to its threshold', async () => {
    const source = await adkEvalsetSuite({});
    const turn = [{ lamp: { on: true } }];
    expect(source.task(recorded(2), null).expect).toEqual({
      metrics: {
        reference: [turn, turn],
        adk_tool_trajectory: { match: 'exact', at_least: 1 },
      },
    });
    const half = { tool_trajectory_avg_score: { threshold: 0.5, match_type: 'IN_ORDER' } };
    const { expect: wanted } = await expected(half, recorded(2));
    expect(wanted).toMatchObject({
      metrics: { adk_tool_trajectory: { match: 'in_order', at_least: 0.5 } },
    });
    const late = structuredClone(recorded(2));
    late.steps.splice(1, 1); // the first turn calls nothing
    late.steps.splice(1, 0, { type: 'message', role: 'assistant', content: 'Done' });
    expect((await judge(late, wanted)).status).toBe('pass');
    expect((await judge(late, source.task(recorded(2), null).expect)).status).toBe('fail');
    expect((await expected({ tool_trajectory_avg_score: 0.5 })).expect).toHaveProperty('calls');
  });

  it('leaves undecided what every trajectory would pass, and turns with nothing in them', async () => {
    const none = { tool_trajectory_avg_score: 0 };
    for (const turns of [1, 2]) {
      const { undecided } = (await expected(none, recorded(turns))).expect;
      expect(undecided).toBe(
        `ADK asks for matching calls in 0 of ${turns} turns (threshold 0), so that every trajectory would pass`,
      );
    }
    const silent = recorded(2);
    silent.steps.splice(1, 1);
    const source = await adkEvalsetSuite({});
    expect(source.task(silent, null).expect).toHaveProperty('undecided');
  });

  it('leaves undecided what looks at no calls, or at arguments that are not there', async () => {
    const rouge = await expected({ response_match_score: 0.5 });
    expect(rouge.expect['undecided']).toContain('response_match_score');
    const blind = await expected(
      { tool_trajectory_avg_score: 1 },
      recorded(1, { args_missing: 'not_captured' }),
    );
    expect(blind.expect['undecided']).toContain('"lamp"');
  });
});
