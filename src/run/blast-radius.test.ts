import { describe, expect, it } from 'vitest';
import { call, trajectoryOf } from '../match/trajectory.test-support.ts';
import { viewOf } from '../match/view.ts';
import type { World } from '../model/suite.ts';
import type { Tools } from '../model/tool.ts';
import { blastRadiusOf } from './blast-radius.ts';

const TOOLS: Tools = {
  look: { effect: 'read' },
  set: { effect: 'write' },
  pay: { effect: 'irreversible', external: true },
};

const made = [
  call('look'),
  call('set'),
  call('set', { n: 1 }, { status: 'failed' }),
  call('pay'),
  call('pay', {}, { status: 'blocked' }),
  call('pay', {}, { actor: 'user' }),
];

describe('blastRadiusOf()', () => {
  it('counts attempts that ran by what they may do', () => {
    expect(blastRadiusOf(viewOf(trajectoryOf(made), TOOLS))).toEqual({
      ...{ writes: 3, irreversible: 1, reversible: 2, external: 1, blocked: 1, changed: null },
    });
  });

  it('takes a tool that nobody declared for one that may do anything', () => {
    const radius = blastRadiusOf(viewOf(trajectoryOf([call('constructor')]), TOOLS));
    expect(radius).toMatchObject({ writes: 1, irreversible: 1, reversible: 0, external: 1 });
  });

  it('names what changed in the world, the first of very much', () => {
    const changed = (before: World, after: unknown) =>
      blastRadiusOf(viewOf(trajectoryOf(made, { world: after }), TOOLS, null, before))?.changed;
    expect(changed({ a: 1, 'b/c': 2 }, { a: 1, 'b/c': 3 })).toEqual({
      ...{ count: 1, pointers: ['/b~1c'] },
    });
    expect(changed({ a: 1 }, { a: 1 })).toEqual({ count: 0, pointers: [] });
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`k${n}`, n]));
    const found = changed({}, many);
    expect([found?.count, found?.pointers.length]).toEqual([5000, 20]);
  });

  it('says nothing where no tools are declared, nothing was called, or calls do not pair', () => {
    const odd = trajectoryOf([
      call('set', {}, { id: 'a', status: 'unknown' }),
      call('set', {}, { id: 'a' }),
    ]);
    expect(blastRadiusOf(viewOf(trajectoryOf(made)))).toBeNull();
    expect(blastRadiusOf(viewOf(trajectoryOf([]), TOOLS))).toBeNull();
    expect(blastRadiusOf(viewOf(odd, TOOLS))).toBeNull();
  });
});
