import { describe, expect, it } from 'vitest';
import { call, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import { verdictOf } from './verdict.test-support.ts';

const first = call('write_file', { path: 'a.txt', text: 'one' });
const second = call('write_file', { path: 'a.txt', text: 'two' });
const test = call('run_tests', {}, { result: { passed: true } });

describe('last', () => {
  it.each<[name: string, value: unknown, status: string, reason: readonly string[]]>([
    [
      'holds where the last one is as wanted',
      { of: 'write_file', is: { write_file: { path: 'a.txt', text: 'two' } } },
      'pass',
      [],
    ],
    [
      'looks at the last one alone',
      { of: 'write_file', is: { write_file: { path: 'a.txt', text: 'one' } } },
      'fail',
      ['step 2', 'text "two"', 'wanted "one"'],
    ],
    [
      'is exact about arguments',
      { of: 'write_file', is: { write_file: { text: 'two' } } },
      'fail',
      ['path "a.txt"'],
    ],
    [
      'takes the last of several patterns',
      { of: ['write_file', 'run_tests'], is: { tool: 'run_tests', result: { passed: true } } },
      'pass',
      [],
    ],
    [
      'says what another tool it was',
      { of: '*', is: 'write_file' },
      'fail',
      ['step 4', 'run_tests', 'write_file'],
    ],
    ['fails where there is no such call', { of: 'deploy', is: 'deploy' }, 'fail', ['deploy']],
    [
      'selects in part',
      {
        of: { write_file: { path: 'a.txt' } },
        is: { write_file: { path: 'a.txt', text: { $ne: 'one' } } },
      },
      'pass',
      [],
    ],
    [
      'carries captures over',
      {
        of: { write_file: { text: { $as: 't' } } },
        is: { write_file: { path: 'a.txt', text: { $ref: 't' } } },
      },
      'pass',
      [],
    ],
  ])('%s', async (_, value, status, reason) => {
    const verdict = await verdictOf(trajectoryOf([first, second, test]), 'last', value);
    expect(verdict.status).toBe(status);
    for (const words of reason) expect(verdict.reason).toContain(words);
  });

  it('takes a call that could be meant for the last one', async () => {
    const parts = [second, { tool: 'write_file' }];
    const value = {
      of: { write_file: { text: 'two' } },
      is: { write_file: { path: 'a.txt', text: 'two' } },
    };
    const verdict = await verdictOf(trajectoryOf(parts), 'last', value);
    expect(verdict.status).toBe('fail');
    expect(verdict.evidence).toEqual([2]);
  });

  it('tries every capture and every pattern that selects the call', async () => {
    const parts = [call('pick', { from: [1, 2], chosen: 2 }), says('Done')];
    const some = {
      of: { pick: { from: { $some: { $as: 'v' } } } },
      is: { pick: { from: { $any: true }, chosen: { $ref: 'v' } } },
    };
    expect((await verdictOf(trajectoryOf(parts), 'last', some)).status).toBe('pass');
    const several = {
      of: ['pick', { pick: { chosen: { $as: 'v' } } }],
      is: { pick: { from: { $contains: { $ref: 'v' } }, chosen: 2 } },
    };
    expect((await verdictOf(trajectoryOf(parts), 'last', several)).status).toBe('pass');
  });

  it('leaves the calls of the user out', async () => {
    const parts = [call('pay', { n: 1 }), call('pay', { n: 2 }, { actor: 'user' })];
    const value = { of: 'pay', is: { pay: { n: 1 } } };
    expect((await verdictOf(trajectoryOf(parts), 'last', value)).status).toBe('pass');
  });
});
