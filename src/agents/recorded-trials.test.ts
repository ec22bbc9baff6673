import { describe, expect, it } from 'vitest';
import { RecordedTrials } from './recorded-trials.ts';

const at = (line: number) => ({ line, offset: line * 10, bytes: 9 });

describe('RecordedTrials', () => {
  it('finds the lines of trials that came in order', () => {
    const trials = new RecordedTrials();
    for (const trial of [1, 2, 3]) trials.add(trial, at(trial));
    expect(trials.get(2)).toEqual(at(2));
    expect(trials.get(0)).toBeUndefined();
    expect(trials.get(4)).toBeUndefined();
    expect([...trials.trials()]).toEqual([1, 2, 3]);
    expect(trials.highest).toBe(3);
  });

  it('finds the lines of trials that came in any order, with gaps', () => {
    const trials = new RecordedTrials();
    for (const [index, trial] of [1, 2, 9, 4].entries()) trials.add(trial, at(index + 1));
    expect([1, 2, 9, 4].map((trial) => trials.get(trial)?.line)).toEqual([1, 2, 3, 4]);
    expect(trials.get(3)).toBeUndefined();
    expect([...trials.trials()]).toEqual([1, 2, 9, 4]);
    expect(trials.highest).toBe(9);
  });

  it('keeps the first line of a trial, and says that there is another', () => {
    const trials = new RecordedTrials();
    trials.add(1, at(1));
    trials.add(1, at(5));
    expect(trials.get(1)).toEqual({ ...at(1), fault: 'It is recorded twice, in lines 1 and 5' });
  });

  it('keeps what is wrong with a line', () => {
    const trials = new RecordedTrials();
    trials.add(7, { ...at(1), fault: 'It is not UTF-8', unreadable: true });
    expect(trials.get(7)).toMatchObject({ fault: 'It is not UTF-8', unreadable: true });
  });
});
