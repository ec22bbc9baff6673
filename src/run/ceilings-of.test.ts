import { describe, expect, it } from 'vitest';
import type { Suite, Task } from '../model/suite.ts';
import { ceilingsOf } from './ceilings-of.ts';

const ceilings = (suite: object, task: object) =>
  ceilingsOf({ expect: {}, ...suite } as Suite, { expect: {}, prefer: {}, ...task } as Task); // only limits count

describe('ceilingsOf()', () => {
  it('takes the lowest of what suite and task require, under limits or in expect', () => {
    const given = [5, 4, 3, 2].map((most) => ({ tool_calls: most }));
    for (let turn = 0; turn < 4; turn++) {
      const [a, b, c, d] = [...given.slice(turn), ...given.slice(0, turn)];
      const suite = { limits: a, expect: { limits: b } };
      expect(ceilings(suite, { limits: c, expect: { limits: d } })).toMatchObject({
        tool_calls: 2,
      });
    }
    expect(ceilings({ limits: { turns: 3 } }, { limits: { tokens: 0 } })).toMatchObject({
      turns: 3,
      tokens: 0,
    });
  });

  it('takes the lowest for each actor', () => {
    const suite = { limits: { writes: 3, actors: { billing: { writes: 2, turns: 4 } } } };
    const task = { expect: { limits: { actors: { billing: { writes: 1 }, x: { tokens: 9 } } } } };
    expect(ceilings(suite, task)).toMatchObject({
      writes: 3,
      'actors.billing.writes': 1,
      'actors.billing.turns': 4,
      'actors.x.tokens': 9,
    });
  });

  it('leaves out what is only preferred', () => {
    expect(ceilings({}, { prefer: { limits: { tool_calls: 1 } } })).not.toHaveProperty(
      'tool_calls',
    );
  });

  it('ends every trial, unless the suite allows more', () => {
    expect(ceilings({}, {})).toEqual({
      seconds: 600,
      turns: 1000,
      steps: 300_000,
      bytes: 67_108_864,
    });
    expect(ceilings({ limits: { seconds: 3600, turns: 1000 } }, {})).toMatchObject({
      seconds: 3600,
      turns: 1000,
    });
  });
});
