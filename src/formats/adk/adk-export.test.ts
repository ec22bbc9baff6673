import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Step, Trajectory } from '../../model/trajectory.ts';
import { readTrajectory } from '../agentops.ts';
import { readValues, trajectoriesOf } from '../read-values.test-support.ts';
import { adkEvalset } from './adk-evalset.ts';
import { adkEvalSet } from './adk-export.ts';

function recorded(steps: readonly Step[], more: Partial<Trajectory> = {}): Trajectory {
  return {
    schema_version: 1,
    task: 't',
    agent: 'recorded',
    trial: 1,
    steps: [...steps],
    stop: 'completed',
    ...more,
  };
}

const user = (content: string): Step => ({ type: 'message', role: 'user', content });
const says = (content: string): Step => ({ type: 'message', role: 'assistant', content });

async function back(trajectory: Trajectory): Promise<Step[] | undefined> {
  const [again] = trajectoriesOf(await readValues(adkEvalset, [adkEvalSet([trajectory], 's').set]));
  return again?.steps.map(withoutTurn);
}

function withoutTurn(step: Step): Step {
  const { turn: _, ...rest } = step as Step & { turn?: unknown };
  return rest as Step;
}

const data = fc.dictionary(
  fc.constantFrom('a', 'b', 'toolUses', 'x_y'),
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value))),
);
/** A call with its result, as an eval set holds both. */
const called = fc
  .record({ tool: fc.constantFrom('find', 'book'), args: data, result: fc.option(data) })
  .map(({ tool, args, result }) => ({ tool, args, result }));
const turnOf = fc.record({
  asked: fc.string(),
  calls: fc.array(called, { maxLength: 3 }),
  answers: fc.array(fc.string(), { maxLength: 2 }),
});
const held = fc.array(turnOf, { minLength: 1, maxLength: 3 }).map((turns) => {
  let number = 0;
  return turns.flatMap(({ asked, calls, answers }): Step[] => [
    user(asked),
    ...calls.flatMap(({ tool, args, result }): Step[] => {
      const id = `c${++number}`;
      const call: Step = { type: 'tool_call', id, tool, args };
      return result === null ? [call] : [call, { type: 'tool_result', id, tool, result }];
    }),
    ...answers.map(says),
  ]);
});

const anything = fc.array(
  fc.oneof(
    fc.string().map(user),
    fc.string().map(says),
    fc.constantFrom<Step>(
      { type: 'message', role: 'user', content: null },
      { type: 'message', role: 'assistant', content: [{ type: 'image' }], actor: 'a', at_ms: 3 },
      { type: 'message', role: 'system', content: 'Be nice' },
      { type: 'tool_call', id: 'x', tool: 'find', args: [1], parallel: 'g' },
      { type: 'tool_call', tool: 'find', args_missing: 'redacted' },
      { type: 'tool_result', id: 'x', tool: 'find', error: { code: 1 } },
      { type: 'tool_result', tool: 'find', blocked: true },
      { type: 'tool_result', tool: 'find', result: 3 },
      { type: 'handoff', from: 'a', to: 'b' },
      { type: 'model', usage: { input_tokens: 3 } },
      { type: 'approval', id: 'x', decision: 'deny' },
      { type: 'x-note' },
    ),
  ),
  { maxLength: 8 },
);

describe('adkEvalSet()', () => {
  it('keeps what an eval set can hold, to be read again', async () => {
    await fc.assert(
      fc.asyncProperty(held, async (steps) => {
        const trajectory = recorded(steps);
        const { losses, faults } = adkEvalSet([trajectory], 's');
        expect([[...losses.keys()], faults]).toEqual([[], []]);
        expect(await back(trajectory)).toEqual(steps);
      }),
    );
  });

  it('says of everything else that it is lost, or why there is no case', async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (steps) => {
        const trajectory = recorded(steps);
        const { set, cases, losses, faults } = adkEvalSet([trajectory], 's');
        expect(cases + faults.length).toBe(1);
        if (cases === 0) return;
        const [again] = trajectoriesOf(await readValues(adkEvalset, [set]));
        expect(readTrajectory(again)).not.toHaveProperty('fault');
        const calls = (list: readonly Step[] = []) =>
          list.filter(({ type }) => type === 'tool_call').length;
        expect(calls(again?.steps)).toBe(calls(steps));
        const bare = (list: readonly Step[] = []) =>
          JSON.stringify(list.map((step) => ({ ...withoutTurn(step), id: null })));
        if (losses.size === 0) expect(bare(again?.steps)).toBe(bare(steps));
      }),
    );
  });

  it('counts each kind of what it cannot hold', () => {
    const { losses } = adkEvalSet(
      [
        recorded(
          [
            user('Hi'),
            { type: 'tool_call', tool: 'find', args_missing: 'redacted' },
            { type: 'tool_result', tool: 'find', error: 'No' },
            { type: 'handoff', from: 'a', to: 'b' },
            { type: 'model' },
          ],
          { stop: null, labels: { ok: true }, attack: 'lie', world: {} },
        ),
      ],
      's',
    );
    expect(Object.fromEntries(losses)).toEqual({
      'ends other than completed': 1,
      labels: 1,
      attacks: 1,
      'final worlds': 1,
      'calls without arguments': 1,
      'errors of tools': 1,
      handoffs: 1,
      'model steps': 1,
    });
  });

  it('refuses what cannot be a case', () => {
    const blind = recorded([user('Hi')], { calls: 'not_captured' });
    const { cases, faults } = adkEvalSet([blind, recorded([says('Hi')])], 's');
    expect(cases).toBe(0);
    expect(faults).toEqual([
      { index: 0, words: 'Its calls were not captured, expected a record of them' },
      { index: 1, words: 'It has no message of the user, expected one' },
    ]);
  });

  it('names the trials of a task apart', () => {
    const trials = [1, 2].map((trial) => recorded([user('Hi')], { trial }));
    const other = recorded([user('Hi')], { agent: 'b' });
    expect(adkEvalSet([...trials, other], 's').set).toMatchObject({
      eval_cases: [{ eval_id: 't#1' }, { eval_id: 't#2' }, { eval_id: 't#1@b' }],
    });
  });
});
