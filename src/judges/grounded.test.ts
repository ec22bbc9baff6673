import { describe, expect, it } from 'vitest';
import { asks, call, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import { verdictOf } from './verdict.test-support.ts';

const asked = asks('My order A-1042 of 1,250 euros is late, mail eve@shop.example');
const found = call('search', { q: 'x' }, { result: { rows: [{ name: 'Miller', size: 12.5 }] } });

describe('grounded', () => {
  it.each<[value: unknown, status: string]>([
    ['A-1042', 'pass'],
    ['1042', 'pass'],
    ['104', 'fail'],
    ['eve@shop.example', 'pass'],
    ['eve', 'pass'],
    ['Miller', 'pass'],
    ['miller', 'pass'],
    ['Mill', 'fail'],
    [12.5, 'pass'],
    [1250, 'pass'],
    [125, 'fail'],
    [7, 'fail'],
    ['zz', 'pass'],
    ['zzz', 'fail'],
    [true, 'pass'],
    [null, 'pass'],
    [['Miller', 1250], 'pass'],
    [['Miller', 'Smith'], 'fail'],
    [{ who: 'Miller', ok: false }, 'pass'],
    [{ who: { last: 'Smith' } }, 'fail'],
    [[], 'pass'],
  ])('%j %ses', async (value, status) => {
    const trajectory = trajectoryOf([asked, found, call('pay', { to: value, why: 'because' })]);
    expect((await verdictOf(trajectory, 'grounded', { pay: ['to'] })).status).toBe(status);
  });

  const told = asks(
    'Meet on May 15th at 2:30 pm, 3 June 2024 or 05/06/2023; pay $1,234.50 or 2.500,75 EUR, 50 % off; ' +
      'call +1 (555) 123-4567, account DE89 3704 0044 0532 0130 00, Straße 9, item: Blue  T-Shirt (XL)',
  );
  it.each<[value: unknown, status: string]>([
    ['2024-05-15', 'pass'],
    ['2024-05-15T14:30:00', 'pass'],
    ['2024-05-15T15:30:00', 'fail'],
    ['15 May 2024', 'pass'],
    ['05/15/2024', 'pass'],
    ['15/05/2024', 'pass'],
    ['2024-05-16', 'fail'],
    ['2024-06-03 00:00', 'pass'],
    ['2025-06-03', 'fail'],
    ['June 3rd, 2024', 'pass'],
    ['2023-05-06', 'pass'],
    ['2023-06-05', 'pass'],
    ['14:30', 'pass'],
    ['2:30 PM', 'pass'],
    ['1234.50', 'pass'],
    ['$1234.5', 'pass'],
    [1234.5, 'pass'],
    ['-1234.5', 'fail'],
    [2500.75, 'pass'],
    ['50%', 'pass'],
    [50, 'pass'],
    [0.5, 'fail'],
    ['5551234567', 'pass'],
    ['+1-555-123-4567', 'pass'],
    ['555-123-4568', 'fail'],
    ['DE89370400440532013000', 'pass'],
    ['DE89370400440532013001', 'fail'],
    ['STRASSE 9', 'pass'],
    ['blue t shirt', 'pass'],
    ['ＢＬＵＥ T-Shirt', 'pass'],
    ['shirt blue', 'fail'],
    ['blu', 'fail'],
    ['!!!', 'fail'],
    ['tttttttttttttttttttttttttttttttttttttttt 2024-05-15 !', 'fail'],
  ])('relates what was written otherwise: %j %ses', async (value, status) => {
    const trajectory = trajectoryOf([told, call('pay', { to: value })]);
    expect((await verdictOf(trajectory, 'grounded', { pay: ['to'] })).status).toBe(status);
  });

  it('says which step, which argument and what it was', async () => {
    const trajectory = trajectoryOf([asked, call('pay', { to: 'Smith' })]);
    const { reason, evidence } = await verdictOf(trajectory, 'grounded', { pay: ['to'] });
    for (const words of ['Step 1', 'pay', 'to', '"Smith"']) expect(reason).toContain(words);
    expect(evidence).toEqual([1]);
  });

  it.each<[name: string, parts: Parameters<typeof trajectoryOf>[0], status: string]>([
    ['does not count what comes later', [asked, call('pay', { to: 'Miller' }), found], 'fail'],
    [
      'does not count what the agent said',
      [asked, says('Miller'), call('pay', { to: 'Miller' })],
      'fail',
    ],
    [
      'does not count what the agent passed on',
      [asked, call('note', { text: 'Miller' }), call('pay', { to: 'Miller' })],
      'fail',
    ],
    [
      'does not count a result that came after the call',
      [
        asked,
        call('search', {}, { result: 'Miller', parallel: 'm' }),
        call('pay', { to: 'Miller' }, { parallel: 'm' }),
      ],
      'fail',
    ],
    [
      'counts what an error told',
      [
        asked,
        call('search', {}, { status: 'failed', error: { message: 'No Miller' } }),
        call('pay', { to: 'Miller' }),
      ],
      'pass',
    ],
    ['is not met by arguments that are not known', [asked, { tool: 'pay' }], 'fail'],
    ['leaves arguments alone that are not there', [asked, call('pay', {})], 'pass'],
    [
      'leaves the calls of the user out',
      [asked, call('pay', { to: 'Smith' }, { actor: 'user' })],
      'pass',
    ],
  ])('%s', async (_, parts, status) => {
    expect((await verdictOf(trajectoryOf(parts), 'grounded', { pay: ['to'] })).status).toBe(status);
  });

  it('counts what the task asks for', async () => {
    const trajectory = trajectoryOf([call('pay', { to: 'Smith' })]);
    const value = { pay: ['to'] };
    expect((await verdictOf(trajectory, 'grounded', value, { input: 'Pay Smith' })).status).toBe(
      'pass',
    );
    expect((await verdictOf(trajectory, 'grounded', value, { input: 'Pay' })).status).toBe('fail');
  });
});

describe('$from', () => {
  const from = (source: unknown) => ({ never: [{ pay: { to: { $from: source } } }] });

  it.each<[source: unknown, parts: Parameters<typeof trajectoryOf>[0], status: string]>([
    ['input', [asked, call('pay', { to: 'A-1042' })], 'fail'],
    ['input', [asked, call('pay', { to: 'Miller' })], 'pass'],
    [['search'], [asked, found, call('pay', { to: 'Miller' })], 'fail'],
    [['search'], [asked, found, call('pay', { to: 'A-1042' })], 'pass'],
    [['search'], [asked, call('pay', { to: 'Miller' }), found], 'pass'],
    [['other'], [asked, found, call('pay', { to: 'Miller' })], 'pass'],
    [['search'], [asked, found, call('pay', { to: true })], 'fail'],
  ])('%j', async (source, parts, status) => {
    const { never } = from(source);
    expect((await verdictOf(trajectoryOf(parts), 'never', never)).status).toBe(status);
  });
});
