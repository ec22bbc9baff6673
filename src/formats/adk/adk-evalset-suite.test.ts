import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

  it('leaves a threshold undecided that some turns may miss', async () => {
    const half = { tool_trajectory_avg_score: 0.5 };
    expect((await expected(half, recorded(2))).expect).toEqual({
      undecided:
        'ADK asks for matching calls in 1 of 2 turns (threshold 0.5), which calls of a whole conversation do not tell',
    });
    expect((await expected(half)).expect).toHaveProperty('calls.exact');
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

  it('says that turns are not told apart', async () => {
    const { notes } = await expected({ tool_trajectory_avg_score: 1 }, recorded(2));
    expect(notes).toEqual([
      'Calls are expected over whole conversations; ADK compares them turn by turn.',
    ]);
  });
});
