import { describe, expect, it } from 'vitest';
import type { Trajectory } from '../model/trajectory.ts';
import type { SuiteSource } from './format.ts';
import { trajectoryToSuite } from './trajectory-to-suite.ts';

const head = { suite: 'shop', recording: './shop.trajectories.jsonl' };

function run(task: string, attack: string | null = null): Trajectory {
  return { schema_version: 1, task, agent: 'a', trial: 1, attack, steps: [], stop: 'completed' };
}

const source: SuiteSource = {
  tools: { pay: { input: { type: 'object', properties: { to: {} } } } },
  task: ({ task }) => ({ id: task, expect: { says: 'Done' } }),
  goal: ({ attack }) => ({ calls: { any_order: [{ pay: { to: attack, at: 'noon' } }] } }),
};

function finished(runs: readonly Trajectory[], from: SuiteSource | null = source) {
  const draft = trajectoryToSuite(from);
  for (const one of runs) expect(draft.add(one, null)).toBeNull();
  return draft.finish(head) as { attacks?: object; tools?: object; tasks: { attacks?: unknown }[] };
}

describe('attackRows()', () => {
  it('gives a suite the attacks of its records and each task those it was recorded under', () => {
    const runs = [run('a'), run('a', 'x'), run('b', 'x'), run('b', '__proto__'), run('c')];
    const { attacks, tools, tasks } = finished(runs);
    const goal = (to: string) => ({ calls: { any_order: [{ pay: { to, at: 'noon' } }] } });
    expect(Object.entries(attacks ?? {})).toEqual([
      ['x', { goal: goal('x') }],
      ['__proto__', { goal: goal('__proto__') }],
    ]);
    expect(tasks.map((task) => task.attacks)).toEqual([
      ['x'],
      { only: ['x', '__proto__'] },
      'none',
    ]);
    expect(tools).toMatchObject({ pay: { input: { additionalProperties: true } } });
  });

  it('says nothing of attacks where none was recorded', () => {
    const { attacks, tasks } = finished([run('a')]);
    expect(attacks).toBeUndefined();
    expect(tasks).toEqual([{ id: 'a', expect: { says: 'Done' } }]);
  });

  it('leaves undecided what an attack is after that nothing tells', () => {
    const { attacks } = finished([run('a', 'x')], null);
    expect(attacks).toEqual({ x: { goal: { undecided: expect.any(String) } } });
  });
});
