import { describe, expect, it } from 'vitest';
import { counted, countText, durationText, moneyText, percentage, scoreText } from './figures.ts';

describe('percentage()', () => {
  it.each([
    [1, '100%'],
    [0.9999, '99.9%'],
    [0.833333, '83.3%'],
    [0.29, '29%'],
    [0, '0%'],
    [null, '–'],
  ])('of %s is %s', (share, wanted) => {
    expect(percentage(share, '–')).toBe(wanted);
  });
});

describe('scoreText()', () => {
  it.each([
    [1, '1.00'],
    [0.999, '0.99'],
    [0.29, '0.29'],
    [null, '–'],
  ])('of %s is %s', (score, wanted) => {
    expect(scoreText(score, '–')).toBe(wanted);
  });
});

describe('countText() and counted()', () => {
  it('separate thousands and choose the form of the name', () => {
    expect(countText(1234567)).toBe('1,234,567');
    expect(countText(999)).toBe('999');
    expect(counted(1, 'trial')).toBe('1 trial');
    expect(counted(1200, 'trial')).toBe('1,200 trials');
  });
});

describe('moneyText()', () => {
  it.each([
    [0, '$0.00'],
    [0.00004, '<$0.0001'],
    [0.0123, '$0.0123'],
    [12.345, '$12.35'],
  ])('of %s is %s', (usd, wanted) => {
    expect(moneyText(usd)).toBe(wanted);
  });
});

describe('durationText()', () => {
  it.each([
    [12.4, '12 ms'],
    [3400, '3.4 s'],
    [59_960, '1 min 00 s'],
    [125_000, '2 min 05 s'],
    [3_720_000, '1 h 02 min'],
  ])('of %s is %s', (ms, wanted) => {
    expect(durationText(ms)).toBe(wanted);
  });
});
