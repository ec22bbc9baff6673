import { describe, expect, it } from 'vitest';
import { call, handsOver, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import { verdictOf } from './verdict.test-support.ts';

const chain = [
  call('look', {}, { actor: 'triage' }),
  handsOver('triage', 'billing'),
  call('refund', {}, { actor: 'billing' }),
  handsOver('billing', 'triage'),
  says('Done'),
];

describe('handoffs', () => {
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
