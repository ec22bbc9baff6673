import { describe, expect, it } from 'vitest';
import { ceilingOf, ceilingsIn } from './ceiling-names.ts';

describe('ceilingsIn()', () => {
  it('lists ceilings of all and of single actors, by names that tell them again', () => {
    const names = ['billing', 'a.b', '', '__proto__', 'actors.x.turns'];
    const actors = Object.fromEntries(names.map((name) => [name, { turns: 2, writes: 0 }]));
    const listed = ceilingsIn({ tool_calls: 3, actors });
    expect(listed[0]).toEqual(['tool_calls', 3]);
    expect(listed[1]).toEqual(['actors.billing.turns', 2]);
    expect(listed.map(([name]) => ceilingOf(name)).slice(1)).toEqual(
      names.flatMap((actor) => [
        { figure: 'turns', actor },
        { figure: 'writes', actor },
      ]),
    );
  });

  it('lists nothing of what are no limits', () => {
    for (const limits of [undefined, null, 3, [], { actors: 'x' }]) {
      expect(ceilingsIn(limits)).toEqual([]);
    }
  });
});
