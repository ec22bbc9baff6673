import { describe, expect, it } from 'vitest';
import { exitCodeOf, type Outcome } from './exit-code.ts';

const rows: [string, Outcome, number][] = [
  ['the gate passed', { gate: 'pass' }, 0],
  ['nothing was gated and nothing went wrong', {}, 0],
  ['the gate failed', { gate: 'fail' }, 1],
  ['the gate failed and a reporter broke', { gate: 'fail', trouble: ['disk_fault'] }, 1],
  ['the gate is in error', { gate: 'error' }, 3],
  ['the gate is inconclusive', { gate: 'inconclusive' }, 3],
  ['the gate passed and a reporter broke', { gate: 'pass', trouble: ['internal'] }, 3],
  ['the gate passed and something was used wrongly', { gate: 'pass', trouble: ['usage'] }, 3],
  ['the command was used wrongly', { trouble: ['usage'] }, 2],
  ['a suite is at fault', { trouble: ['suite_fault'] }, 2],
  ['input cannot be read', { trouble: ['input_fault'] }, 2],
  ['the store is damaged', { trouble: ['store_fault'] }, 3],
  ['the disk is full', { trouble: ['disk_fault'] }, 3],
  ['agentops itself failed', { trouble: ['internal'] }, 3],
  ['wrong use and a full disk come together', { trouble: ['usage', 'disk_fault'] }, 3],
  ['it was interrupted', { gate: 'fail', signal: 'SIGINT' }, 130],
  ['it was told to end', { gate: 'pass', signal: 'SIGTERM' }, 143],
];

describe('exitCodeOf()', () => {
  it.each(rows)('when %s', (_, outcome, code) => {
    expect(exitCodeOf(outcome)).toBe(code);
  });
});
