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

const times = <T>(count: number, ...parts: T[]) =>
  Array.from({ length: count }, () => parts).flat();

const poll = call('poll', { id: 1 }, { result: 'pending' });
const back = [handsOver('a', 'b'), handsOver('b', 'a')];

interface Row {
  name: string;
  parts: readonly (MadeCall | Step)[];
  value?: unknown;
  status: 'pass' | 'fail';
  reason?: readonly string[];
  evidence?: readonly number[];
}

const rows: Row[] = [
  {
    name: 'allows the same call with the same result three times',
    parts: times(3, poll),
    status: 'pass',
  },
  {
    name: 'refuses the fourth',
    parts: times(4, poll),
    status: 'fail',
    reason: ['Step 6', 'poll(id: 1)', '4th'],
    evidence: [0, 2, 4, 6],
  },
  {
    name: 'counts them though others stand between',
    parts: [0, 1, 2, 3].flatMap((n) => [poll, call('get', { n })]),
    status: 'fail',
    reason: ['Step 12', 'poll'],
  },
  {
    name: 'allows equal calls whose results differ',
    parts: [1, 2, 3, 4, 5].map((result) => call('poll', {}, { result })),
    status: 'pass',
  },
  {
    name: 'allows calls whose arguments differ',
    parts: [1, 2, 3, 4, 5].map((id) => call('poll', { id })),
    status: 'pass',
  },
  {
    name: 'counts calls that fail alike',
    parts: times(4, call('get', {}, { status: 'failed', error: { code: 'timeout' } })),
    status: 'fail',
  },
  {
    name: 'allows calls that fail differently',
    parts: ['a', 'b', 'c', 'd'].map((code) =>
      call('get', {}, { status: 'failed', error: { code } }),
    ),
    status: 'pass',
  },
  {
    name: 'counts calls that nobody answered as alike',
    parts: times(4, call('get', {}, { status: 'unknown' })),
    status: 'fail',
  },
  {
    name: 'does not care for the order of keys',
    parts: [call('get', { x: 1, y: 2 }), call('get', { y: 2, x: 1 })],
    value: { repeats: 1 },
    status: 'fail',
  },
  {
    name: 'lets tools be polled',
    parts: times(9, poll),
    value: { poll: ['poll'] },
    status: 'pass',
  },
  {
    name: 'lets tools be polled by a wildcard',
    parts: times(9, poll),
    value: { repeats: 3, poll: ['p*'] },
    status: 'pass',
  },
  {
    name: 'counts as many as it is told',
    parts: times(5, poll),
    value: { repeats: 5 },
    status: 'pass',
  },
  {
    name: 'refuses a cycle of two that is run through three times',
    parts: times(3, call('a'), call('b')),
    status: 'fail',
    reason: ['a, b', '3 times'],
    evidence: [0, 2, 4, 6, 8, 10],
  },
  {
    name: 'names the repeated call where it is a cycle as well',
    parts: times(4, call('a'), call('b')),
    status: 'fail',
    reason: ['Step 12', '4th'],
  },
  {
    name: 'allows a cycle that is run through twice',
    parts: times(2, call('a'), call('b')),
    status: 'pass',
  },
  {
    name: 'refuses a cycle of four',
    parts: times(3, call('a'), call('b'), call('a'), call('c')),
    value: { repeats: 9 },
    status: 'fail',
  },
  {
    name: 'allows a cycle of five',
    parts: times(3, ...['a', 'b', 'c', 'd', 'e'].map((tool) => call(tool))),
    status: 'pass',
  },
  {
    name: 'refuses a cycle in the midst of others',
    parts: [call('x'), ...times(3, call('a'), call('b')), call('y')],
    status: 'fail',
  },
  {
    name: 'allows a cycle whose results move on',
    parts: [0, 1, 2, 3].flatMap((result) => [call('a', {}, { result }), call('b')]).slice(0, 6),
    status: 'pass',
  },
  {
    name: 'allows equal calls in a row as often as it is told, which are no cycle',
    parts: times(8, poll),
    value: { repeats: 8 },
    status: 'pass',
  },
  {
    name: 'refuses hand-overs that go back and forth three times',
    parts: times(3, ...back),
    status: 'fail',
    reason: ['a', 'b', '3 times'],
    evidence: [0, 1, 2, 3, 4, 5],
  },
  {
    name: 'allows hand-overs that go back and forth twice',
    parts: times(2, ...back),
    status: 'pass',
  },
  {
    name: 'sees hand-overs with work between',
    parts: [0, 1, 2].flatMap((n) => [
      handsOver('a', 'b'),
      call('get', { n }),
      handsOver('b', 'a'),
      says('Hm'),
    ]),
    status: 'fail',
  },
  {
    name: 'refuses hand-overs that go round three actors three times',
    parts: times(3, handsOver('a', 'b'), handsOver('b', 'c'), handsOver('c', 'a')),
    status: 'fail',
    reason: ['a → b → c'],
  },
  {
    name: 'refuses a storm of errors',
    parts: [1, 2, 3, 4, 5, 6].map((id) => call('get', { id }, { status: 'failed' })),
    status: 'fail',
    reason: ['get fails 6 times in a row'],
    evidence: [0, 2, 4, 6, 8, 10],
  },
  {
    name: 'allows as many errors as it is told',
    parts: [1, 2, 3, 4, 5, 6].map((id) => call('get', { id }, { status: 'failed' })),
    value: { errors: 6 },
    status: 'pass',
  },
  {
    name: 'refuses calls of which nothing new comes',
    parts: times(2, ...['a', 'b', 'c', 'd', 'e'].map((tool) => call(tool))),
    value: { stalled: 4 },
    status: 'fail',
    reason: ['Nothing new came of 5 calls'],
  },
  {
    name: 'takes what the user says for news',
    parts: [1, 2, 3].flatMap(() => [asks('And now?'), poll]),
    value: { stalled: 1 },
    status: 'pass',
  },
  {
    name: 'leaves the calls of the user out',
    parts: times(5, call('a', {}, { actor: 'user' })),
    status: 'pass',
  },
];

describe('no_loops', () => {
  it.each(rows)('$name', async ({ parts, value = true, status, reason = [], evidence }) => {
    const verdict = await verdictOf(trajectoryOf([...parts, says('Done')]), 'no_loops', value);
    expect(verdict.status).toBe(status);
    for (const words of reason) expect(verdict.reason).toContain(words);
    if (evidence) expect(verdict.evidence).toEqual(evidence);
  });

  it.each([
    false,
    3,
    { repeats: 0 },
    { errors: 0 },
    { stalled: 1.5 },
    { repeat: 3 },
    { poll: 'a' },
  ])('refuses %j', async (value) => {
    const judged = verdictOf(trajectoryOf([says('a')]), 'no_loops', value);
    await expect(judged).rejects.toMatchObject({ code: 'suite_fault' });
  });
});
