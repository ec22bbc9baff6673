import { describe, expect, it } from 'vitest';
import {
  asks,
  call,
  handsOver,
  type MadeCall,
  says,
  trajectoryOf,
} from '../match/trajectory.test-support.ts';
import type { Step } from '../model/trajectory.ts';
import { verdictOf } from './verdict.test-support.ts';

type Wanted = [status: string, ...reason: string[]];

const LAST = { last_answers: true };

const chain = [
  call('look', {}, { actor: 'triage' }),
  handsOver('triage', 'billing'),
  call('refund', {}, { actor: 'billing' }),
  handsOver('billing', 'triage'),
  says('Done'),
];

const by = (actor: string, step: Step): Step => ({ ...step, actor }) as Step;
const round = [handsOver('a', 'b'), handsOver('b', 'c'), handsOver('c', 'a')];

const controlRows: [name: string, parts: (MadeCall | Step)[], value: unknown, ...Wanted][] = [
  ['nobody hands over', [says('Hi')], { depth: 0 }, 'pass'],
  ['one hand-over is one', [handsOver('a', 'b')], { depth: 0 }, 'fail', 'Step 0', 'a → b'],
  ['as deep as it may be', round.slice(0, 2), { depth: 2 }, 'pass'],
  [
    'one deeper',
    [...round.slice(0, 2), handsOver('c', 'd')],
    { depth: 2 },
    'fail',
    'Step 2',
    'a → b → c → d',
  ],
  ['coming back shortens it', [...round, handsOver('a', 'd')], { depth: 2 }, 'pass'],
  [
    'whoever hands over anew had control again',
    [handsOver('a', 'b'), handsOver('a', 'c'), handsOver('a', 'd')],
    { depth: 1 },
    'pass',
  ],
  [
    'the user begins a chain anew',
    [...round.slice(0, 2), asks('And now?'), handsOver('c', 'd'), handsOver('d', 'e')],
    { depth: 2 },
    'pass',
  ],
  [
    'an agent in the part of a user does not',
    [handsOver('a', 'b'), by('a', asks('Go on')), handsOver('b', 'c')],
    { depth: 1 },
    'fail',
  ],
  [
    'who came from nowhere is one more',
    [handsOver('a', 'b'), handsOver('x', 'y')],
    { depth: 2 },
    'fail',
  ],
  ['going back and forth is not deep', [...round, ...round, ...round], { depth: 2 }, 'pass'],
  ['a name of every object', [handsOver('constructor', '__proto__')], { depth: 1 }, 'pass'],

  ['only who has control acts', chain, { yields: true }, 'pass'],
  [
    'a call after handing over',
    [handsOver('a', 'b'), call('look', {}, { actor: 'a' })],
    { yields: true },
    'fail',
    'Step 1',
    'step 0',
  ],
  [
    'words after handing over',
    [handsOver('a', 'b'), by('a', says('Still here'))],
    { yields: true },
    'fail',
  ],
  [
    'handing over twice',
    [handsOver('a', 'b'), handsOver('a', 'c')],
    { yields: true },
    'fail',
    'Step 1 is by a',
  ],
  [
    'control comes back',
    [handsOver('a', 'b'), handsOver('b', 'a'), call('look', {}, { actor: 'a' })],
    { yields: true },
    'pass',
  ],
  [
    'the user speaks',
    [handsOver('a', 'b'), asks('Hm'), call('look', {}, { actor: 'a' })],
    { yields: true },
    'pass',
  ],
  [
    'others may act',
    [handsOver('a', 'b'), call('look', {}, { actor: 'c' })],
    { yields: true },
    'pass',
  ],
  [
    'a call that nobody is named for',
    [handsOver('a', 'b'), call('look')],
    { yields: true },
    'error',
    'Step 1',
  ],
  [
    'a call of the user',
    [handsOver('a', 'b'), call('look', {}, { actor: 'user' })],
    { yields: true },
    'pass',
  ],
  ['a call before any hand-over', [call('look'), says('Hi')], { yields: true }, 'pass'],

  ['who has control answers', [handsOver('a', 'b'), by('b', says('Done'))], LAST, 'pass'],
  [
    'another answers',
    [handsOver('a', 'b'), by('a', says('Done'))],
    LAST,
    'fail',
    'a answers, b has control',
  ],
  ['nobody is named', [handsOver('a', 'b'), says('Done')], LAST, 'error'],
  ['nobody answers', [handsOver('a', 'b')], LAST, 'fail', 'no final answer'],
  ['nobody hands over to anyone', [by('a', says('Done'))], LAST, 'pass'],
];

describe('handoffs', () => {
  it.each(controlRows)('decides where %s', async (_, parts, value, status, ...reason) => {
    const verdict = await verdictOf(trajectoryOf(parts), 'handoffs', value);
    expect(verdict.status).toBe(status);
    for (const words of reason) expect(verdict.reason).toContain(words);
  });

  it('needs to be told the calls to say who acts', async () => {
    const blind = trajectoryOf([by('a', says('Hi'))], { calls: 'not_captured' });
    expect((await verdictOf(blind, 'handoffs', { yields: true })).status).toBe('error');
    expect((await verdictOf(blind, 'handoffs', { depth: 0 })).status).toBe('pass');
  });

  it('tells hand-overs as data where it fails, the first of very many', async () => {
    const many = Array.from({ length: 5000 }, (_, at) => handsOver(`a${at}`, `a${at + 1}`));
    const { details, reason } = await verdictOf(trajectoryOf(many), 'handoffs', { depth: 4999 });
    expect(reason.length).toBeLessThan(500);
    expect(details).toMatchObject({ omitted: 5000 - 24 });
    expect((details as { handoffs: unknown[] }).handoffs).toHaveLength(24); // as the page says
  });

  it.each([{}, { depth: -1 }, { yields: false }, { last_answers: 1 }])(
    'refuses %j',
    async (value) => {
      const judged = verdictOf(trajectoryOf([says('a')]), 'handoffs', value);
      await expect(judged).rejects.toMatchObject({ code: 'suite_fault' });
    },
  );

  it.each<[value: unknown, status: string, reason: readonly string[]]>([
    [{ exact: ['triage', 'billing', 'triage'] }, 'pass', []],
    [
      { exact: ['triage', 'billing'] },
      'fail',
      ['triage → billing → triage', 'wanted triage → billing'],
    ],
    [{ exact: [] }, 'fail', ['triage']],
    [{ in_order: ['triage', 'triage'] }, 'pass', []],
    [{ in_order: ['billing', 'triage'] }, 'pass', []],
    [{ in_order: ['triage', 'sales'] }, 'fail', ['sales']],
    [{ in_order: ['billing', 'billing'] }, 'fail', ['billing']],
    [{ allowed: { triage: ['billing'], billing: ['triage'] } }, 'pass', []],
    [{ allowed: { triage: ['billing'] } }, 'fail', ['Step 5', 'billing', 'triage']],
    [{ allowed: {} }, 'fail', ['triage', 'billing']],
    [{ in_order: ['triage'], allowed: { triage: ['billing'] } }, 'fail', ['billing']],
  ])('%j %ss', async (value, status, reason) => {
    const verdict = await verdictOf(trajectoryOf(chain), 'handoffs', value);
    expect(verdict.status).toBe(status);
    for (const words of reason) expect(verdict.reason).toContain(words);
  });

  it('keeps the reason short where hand-overs are very many', async () => {
    const many = Array.from({ length: 2000 }, (_, at) => handsOver(`a${at}`, `a${at + 1}`));
    const { reason } = await verdictOf(trajectoryOf(many), 'handoffs', { in_order: ['nobody'] });
    expect(reason).toContain('nobody');
    expect(reason.length).toBeLessThan(2000);
  });

  it('holds for nobody where nobody hands over', async () => {
    const alone = trajectoryOf([says('Hello')]);
    expect((await verdictOf(alone, 'handoffs', { exact: [] })).status).toBe('pass');
    expect((await verdictOf(alone, 'handoffs', { allowed: {} })).status).toBe('pass');
    expect((await verdictOf(alone, 'handoffs', { in_order: ['triage'] })).status).toBe('fail');
  });
});
