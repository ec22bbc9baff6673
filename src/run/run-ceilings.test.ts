import { describe, expect, it } from 'vitest';
import { testTime } from '../live/session.test-support.ts';
import { type RunCeilings, runMeter } from './run-ceilings.ts';

function meterOf(ceilings: RunCeilings, interruption = new AbortController()) {
  const time = testTime();
  const { now, after } = time;
  return { ...runMeter({ ceilings, signal: interruption.signal, now, after }), time, interruption };
}

describe('runMeter()', () => {
  it('allows the cost of its ceiling, and stops above it', () => {
    const meter = meterOf({ maxCostUsd: 1 });
    expect(meter.needsCost).toBe(true);
    meter.spend(0.5);
    meter.spend(0.5);
    expect([meter.stopped(), meter.signal.aborted]).toEqual([null, false]);
    meter.spend(0.01);
    expect(meter.stopped()).toMatch(/ceiling of \$1 \(--max-cost\)/);
    expect(meter.signal.aborted).toBe(true);
  });

  it('stops when its seconds are over', () => {
    const meter = meterOf({ maxSeconds: 2 });
    meter.time.pass(1999);
    expect(meter.stopped()).toBe(null);
    meter.time.pass(1);
    expect(meter.stopped()).toMatch(/2 seconds \(--max-seconds\)/);
    expect(meter.signal.aborted).toBe(true);
  });

  it('stops when it is interrupted, before or after it started', () => {
    const meter = meterOf({});
    expect(meter.stopped()).toBe(null);
    meter.interruption.abort();
    expect([meter.stopped(), meter.signal.aborted]).toEqual(['Interrupted', true]);
    const before = new AbortController();
    before.abort();
    expect(meterOf({}, before).stopped()).toBe('Interrupted');
  });

  it('keeps the first reason', () => {
    const meter = meterOf({ maxSeconds: 1, maxCostUsd: 1 });
    meter.spend(2);
    meter.time.pass(5000);
    meter.interruption.abort();
    expect(meter.stopped()).toMatch(/max-cost/);
  });

  it('counts costs without a ceiling in vain, and needs none', () => {
    const meter = meterOf({});
    meter.spend(1e9);
    expect([meter.needsCost, meter.stopped(), meter.warnings()]).toEqual([false, null, []]);
  });

  it('warns from four fifths on', () => {
    const meter = meterOf({ maxSeconds: 10, maxCostUsd: 1 });
    meter.spend(0.79);
    meter.time.pass(7900);
    expect(meter.warnings()).toEqual([]);
    meter.spend(0.01);
    meter.time.pass(100);
    expect(meter.warnings()).toEqual([
      'The run used 80 % of its ceiling of $1 (--max-cost)',
      'The run used 80 % of its ceiling of 10 seconds (--max-seconds)',
    ]);
  });

  it('tells whether more trials fit, by the mean of those that were run', () => {
    const meter = meterOf({ maxSeconds: 10, maxCostUsd: 1 });
    meter.spend(0.5);
    expect(meter.lacksRoom(5, 5)).toBe(null);
    expect(meter.lacksRoom(5, 6)).toMatch(
      /6 more would go beyond the ceiling of \$1 \(--max-cost\)/,
    );
    meter.time.pass(6000);
    expect(meter.lacksRoom(5, 5)).toMatch(/10 seconds \(--max-seconds\)/);
    expect(meterOf({}).lacksRoom(0, 1e6)).toBe(null);
  });

  it('leaves no timer and listens no more once it is closed', () => {
    const meter = meterOf({ maxSeconds: 1 });
    meter.close();
    expect(meter.time.timers.size).toBe(0);
    meter.interruption.abort();
    expect(meter.stopped()).toBe(null);
  });
});
