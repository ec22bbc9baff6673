import { describe, expect, it } from 'vitest';
import type { ComparisonGate } from '../model/comparison-gate.ts';
import type { DiffSummary } from '../model/diff.ts';
import type { GateStatus } from '../model/status.ts';
import { comparisonExit, exitCodeOf, type Outcome } from './exit-code.ts';

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

describe('comparisonExit()', () => {
  const outcome = (status: GateStatus, rules: readonly string[], missing = 0) => ({
    diff: { counts: { missing } } as DiffSummary, // nothing else of it is read
    gate: { status, rules: rules.map((rule) => ({ rule })) } as ComparisonGate, // as above
    isGated: rules.length > 0,
  });

  const held: [GateStatus, string[], number, number][] = [
    ['pass', ['regression'], 0, 0],
    ['fail', ['regression'], 0, 1],
    ['fail', ['regression'], 2, 1],
    ['error', ['regression'], 2, 3],
    ['inconclusive', ['regression'], 0, 0],
    ['inconclusive', ['regression', 'inconclusive'], 0, 3],
    ['fail', [], 0, 0],
    ['error', [], 0, 0],
    ['error', [], 1, 3],
  ];

  it.each(held)('of %s with %j and %i missing tasks is %i', (status, rules, missing, code) => {
    expect(comparisonExit(outcome(status, rules, missing))).toBe(code);
  });

  it('tells trouble and interruptions as every command does', () => {
    const shown = outcome('pass', []);
    expect(comparisonExit({ ...shown, trouble: ['disk_fault'] })).toBe(3);
    expect(comparisonExit({ ...outcome('fail', ['regression']), trouble: ['internal'] })).toBe(1);
    expect(comparisonExit({ ...shown, signal: 'SIGINT' })).toBe(130);
  });
});
