import { describe, expect, it } from 'vitest';
import type { PlanRow } from '../model/plan.ts';
import { lookSchedule } from './look-schedule.ts';

const rows = [2, 3].map((trials) => ({ trials })) as PlanRow[]; // nothing else of them is read

function counts(trials: number | null, planned = 3): number[] {
  const { looks, trialsAt } = lookSchedule(rows, { trials });
  return Array.from({ length: looks }, (_, at) => trialsAt(planned, at + 1));
}

describe('lookSchedule()', () => {
  it('looks once where no more trials are asked for', () => {
    const { looks, trialsAt } = lookSchedule(rows, undefined);
    expect([looks, trialsAt(3, 1)]).toEqual([1, 3]);
  });

  it('looks at 1 to 5 times the planned trials', () => {
    expect(counts(null)).toEqual([3, 6, 9, 12, 15]);
    expect(counts(null, 2)).toEqual([2, 4, 6, 8, 10]);
  });

  it('goes to a given number in at most four even steps', () => {
    expect(counts(4)).toEqual([3, 4]);
    expect(counts(9)).toEqual([3, 6, 9]);
    expect(counts(9, 2)).toEqual([2, 6, 9]);
    expect(counts(103)).toEqual([3, 28, 53, 78, 103]);
  });

  it.each([1, 3])('refuses %i trials where 3 are planned', (trials) => {
    expect(() => lookSchedule(rows, { trials })).toThrow(/3 trials of a task are planned/);
  });
});
