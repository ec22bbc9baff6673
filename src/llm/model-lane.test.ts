import { describe, expect, it } from 'vitest';
import { type LaneOptions, ModelLane } from './model-lane.ts';
import { settle, stoppedClock } from './stopped-clock.test-support.ts';

const never = new AbortController().signal;

function laneOf(options: Partial<LaneOptions> = {}) {
  const clock = stoppedClock();
  const lane = new ModelLane({
    concurrency: 2,
    requestsPerMinute: Number.POSITIVE_INFINITY,
    fault: (why) => new Error(why),
    ...clock,
    ...options,
  });
  const began = clock.now();
  const starts: string[] = [];
  /** Starts a request from a place, and keeps the place until it is let go. */
  const ask = (name: string, signal = never) => {
    let leave = () => {};
    const held = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const work = async () => {
      await lane.start(signal);
      starts.push(`${name} ${clock.now() - began}`);
      await held;
    };
    const done = lane.run(work, signal).catch((thrown: Error) => thrown.message);
    return { leave, done };
  };
  return { lane, clock, ask, starts };
}

describe('ModelLane gives places', () => {
  it('to so many at once, first come, first served', async () => {
    const { ask, starts } = laneOf();
    const all = ['a', 'b', 'c', 'd'].map((name) => ask(name));
    await settle();
    expect(starts).toEqual(['a 0', 'b 0']);
    all[1]?.leave();
    await settle();
    all.push(ask('e'));
    await settle();
    expect(starts).toEqual(['a 0', 'b 0', 'c 0']);
    for (const { leave } of all) leave();
    await Promise.all(all.map(({ done }) => done));
    expect(starts).toEqual(['a 0', 'b 0', 'c 0', 'd 0', 'e 0']);
  });

  it('of those who gave up or failed to others', async () => {
    const { lane, ask, starts } = laneOf({ concurrency: 1 });
    const stop = new AbortController();
    const fails = lane.run(() => Promise.reject(new Error('broken')), never);
    const gone = ask('gone', stop.signal);
    const next = ask('next');
    stop.abort(new Error('enough'));
    await expect(fails).rejects.toThrow('broken');
    expect(await gone.done).toBe('enough');
    next.leave();
    await next.done;
    expect(starts).toEqual(['next 0']);
  });

  it('also where the one whose turn it is gives up at that moment', async () => {
    const { lane, ask, starts } = laneOf({ concurrency: 1 });
    const stop = new AbortController();
    const first = ask('first');
    await settle();
    const second = lane.run(async () => {
      stop.signal.throwIfAborted();
    }, stop.signal);
    first.leave();
    await first.done.then(() => stop.abort(new Error('enough')));
    await second.catch(() => undefined);
    const third = ask('third');
    third.leave();
    await third.done;
    expect(starts).toEqual(['first 0', 'third 0']);
  });
});

describe('ModelLane lets requests start', () => {
  it('so many a minute, evenly', async () => {
    const { ask, starts, clock } = laneOf({ concurrency: 9, requestsPerMinute: 60 });
    for (const name of ['a', 'b', 'c', 'd']) ask(name);
    await clock.pass(10_000);
    expect(starts).toEqual(['a 0', 'b 980', 'c 1980', 'd 2980']);
    ask('e');
    ask('f');
    await clock.pass(10_000);
    expect(starts.slice(4)).toEqual(['e 10000', 'f 10980']);
    expect(clock.sleepers()).toBe(0);
  });

  it('after a pause, which a second one makes longer and never shorter', async () => {
    const { lane, ask, starts, clock } = laneOf({ concurrency: 9 });
    lane.pause(3000);
    ask('a');
    await clock.pass(1000);
    lane.pause(4000);
    lane.pause(10);
    ask('b');
    await clock.pass(3999);
    expect(starts).toEqual([]);
    await clock.pass(1);
    expect(starts).toEqual(['a 5000', 'b 5000']);
  });

  it('and keeps no timer for those who gave up', async () => {
    const { lane, ask, starts, clock } = laneOf();
    const stop = new AbortController();
    lane.pause(3000);
    const gone = ask('gone', stop.signal);
    await settle();
    expect(clock.sleepers()).toBe(1);
    stop.abort(new Error('enough'));
    expect(await gone.done).toBe('enough');
    expect(clock.sleepers()).toBe(0);
    ask('next');
    await clock.pass(3000);
    expect(starts).toEqual(['next 3000']);
  });

  it('in time, where the clock of the wall is set back an hour', async () => {
    const { lane, ask, starts, clock } = laneOf();
    lane.pause(3000);
    clock.set(clock.now() - 3_600_000);
    ask('a');
    await clock.pass(3000);
    expect(starts).toHaveLength(1);
  });

  it('in time, where the clock does not run and sleeping takes none', async () => {
    const { lane, ask, starts } = laneOf({
      sleep: async () => undefined,
      now: () => 0,
      requestsPerMinute: 1,
    });
    lane.pause(3000);
    ask('a');
    ask('b');
    await settle();
    expect(starts).toHaveLength(2);
  });

  it('never, where sleeping fails', async () => {
    const { lane, ask } = laneOf({ sleep: () => Promise.reject(new Error('no bed')) });
    lane.pause(3000);
    expect(await ask('a').done).toBe('no bed');
  });
});

describe('ModelLane closes', () => {
  it('for good: who waits and who comes is told the same, and nothing starts', async () => {
    const { lane, ask, starts, clock } = laneOf({ concurrency: 1 });
    const first = ask('first');
    const waiting = ask('waiting');
    await settle();
    lane.close('status 401', Number.POSITIVE_INFINITY);
    lane.close('other words', 9);
    expect(await waiting.done).toBe('status 401');
    await clock.pass(1e9);
    expect(await ask('late').done).toBe('status 401');
    await expect(lane.start(never)).rejects.toThrow('status 401');
    first.leave();
    expect(await first.done).toBe(undefined);
    expect(starts).toEqual(['first 0']);
  });

  it('for a while, also for those in a pause', async () => {
    const { lane, ask, starts, clock } = laneOf();
    lane.pause(200_000);
    const paused = ask('paused');
    await settle();
    lane.close('comes back later', 200_000);
    expect(await paused.done).toBe('comes back later');
    await settle();
    expect(clock.sleepers()).toBe(0);
    await clock.pass(199_999);
    expect(await ask('early').done).toBe('comes back later');
    await clock.pass(1);
    ask('late');
    await settle();
    expect(starts).toEqual(['late 200000']);
  });
});
