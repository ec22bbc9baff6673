import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayWidth } from '../report/display-width.ts';
import { emptyResult } from '../run/run-trial.ts';
import { startProgress } from './progress.ts';
import { millisecondsLeft, progressLine, type RunningTrial } from './progress-line.ts';

/** A run whose time passes when the test says so. */
function watched({
  isTTY = false,
  columns = 80,
  environment = {} as Record<string, string>,
  quiet = false,
} = {}) {
  let [now, ticks] = [0, 0];
  let timer: { ms: number; run: () => void } | null = null;
  const written: string[] = [];
  const stream = {
    isTTY,
    columns,
    writableNeedDrain: false,
    write: (text: string) => written.push(text),
  };
  const progress = startProgress(stream, environment, {
    quiet,
    clock: () => now,
    every: (ms, run) => {
      timer = { ms, run };
      return () => {
        timer = null;
      };
    },
  });
  const pass = (ms: number): void => {
    const until = now + ms;
    for (; timer && (ticks + 1) * timer.ms <= until; timer?.run()) now = ++ticks * timer.ms;
    now = until;
  };
  const name = (trial: number, task = 'refund') => ({
    suite: 'shop',
    task,
    agent: 'v1',
    attack: null,
    trial,
  });
  return {
    progress,
    written,
    stream,
    pass,
    start: (trial: number, planned: number, task?: string) =>
      progress.start({ id: String(trial), ...name(trial, task) }, planned),
    finish: (trial: number, planned: number, more = {}) =>
      progress.add(
        { ...emptyResult(name(trial), String(trial)), status: 'pass', ...more },
        planned,
      ),
  };
}

describe('startProgress() without a terminal', () => {
  test('writes no line for a run that ends within ten seconds', () => {
    const { start, finish, pass, progress, written } = watched();
    start(1, 1);
    pass(9_900);
    finish(1, 1);
    progress.end();
    pass(60_000);
    expect(written).toEqual([]);
  });

  test('writes a whole line every ten seconds, and none after the end', () => {
    const { start, finish, pass, progress, written } = watched();
    for (let trial = 1; trial <= 4; trial++) start(trial, 400);
    pass(5_000);
    finish(1, 400, { status: 'fail', cost_usd: 0.04 });
    finish(2, 400, { cost_usd: 0.0012 });
    pass(6_000);
    expect(written).toEqual([
      '2/400 trials, 12.0/min, 1 not passed, $0.0412, about 33 min 10 s left, running: refund/v1/3, refund/v1/4\n',
    ]);
    pass(20_000);
    progress.end();
    pass(20_000);
    expect(written).toHaveLength(3);
  });

  test.each([{ CI: 'true' }, { TERM: 'dumb' }])('nor in a terminal with %j', (environment) => {
    const { start, pass, progress, written } = watched({ isTTY: true, environment });
    start(1, 2);
    pass(10_000);
    progress.end();
    expect(written).toEqual(['0/2 trials, running: refund/v1/1\n']);
  });
});

describe('startProgress() on a terminal', () => {
  test('rewrites one line a few times a second and takes it away', () => {
    const { start, finish, pass, progress, written } = watched({ isTTY: true });
    start(1, 2);
    pass(400);
    finish(1, 2);
    start(2, 2);
    pass(100);
    pass(100);
    progress.end();
    expect(written).toEqual([
      '\r\x1b[2K0/2 trials, running: refund/v1/1',
      '\r\x1b[2K0/2 trials, running: refund/v1/1',
      '\r\x1b[2K1/2 trials, 1.7/s, about 1 s left, running: refund/v1/2',
      '\r\x1b[2K',
    ]);
  });

  test('takes the line away and writes none while it is held, by however many', () => {
    const { start, pass, progress, written } = watched({ isTTY: true });
    start(1, 2);
    pass(200);
    const [one, other] = [progress.hold(), progress.hold()];
    pass(400);
    one();
    pass(400);
    expect(written.slice(1)).toEqual(['\r\x1b[2K']);
    other();
    pass(200);
    expect(written).toHaveLength(3);
  });

  test('writes nothing for a run that ends at once', () => {
    const { start, finish, pass, progress, written } = watched({ isTTY: true });
    start(1, 1);
    pass(150);
    finish(1, 1);
    progress.end();
    expect(written).toEqual([]);
  });

  test('encodes names and cuts the line to the width', () => {
    const { start, pass, written } = watched({ isTTY: true, columns: 40 });
    start(1, 2, '\x1b[31mred\r\n::error::'.repeat(50));
    pass(200);
    const line = written[0]?.slice('\r\x1b[2K'.length) ?? '';
    expect(line).toMatch(/^0\/2 trials, running: \\x1b\[31mred/);
    expect(line.endsWith('…')).toBe(true);
    expect(displayWidth(line)).toBe(39);
  });

  test('adds nothing while the terminal cannot take more', () => {
    const { start, pass, stream, written } = watched({ isTTY: true });
    start(1, 2);
    stream.writableNeedDrain = true;
    pass(1000);
    expect(written).toEqual([]);
  });

  test('writes nothing where it is to be quiet', () => {
    const { start, pass, progress, written } = watched({ isTTY: true, quiet: true });
    start(1, 2);
    pass(60_000);
    progress.end();
    expect(written).toEqual([]);
  });
});

const idle = {
  planned: 10,
  done: 0,
  ran: 0,
  ranMs: 0,
  notPassed: 0,
  costUsd: 0,
  elapsedMs: 0,
  running: new Map<string, RunningTrial>(),
};
const begun = (...since: number[]) => ({
  running: new Map(
    since.map((at, index): [string, RunningTrial] => {
      const name = { suite: 's', task: 't', agent: 'a', attack: null, trial: index + 1 };
      return [String(index), { name, since: at }];
    }),
  ),
});

describe('millisecondsLeft()', () => {
  test.each([
    ['is unknown before the first trial is done', { elapsedMs: 5000 }, null],
    ['is unknown where all that is done was skipped', { done: 4, elapsedMs: 5000 }, null],
    ['is unknown when all is done', { done: 10, ran: 10, elapsedMs: 5000 }, null],
    // four at once, ten seconds each
    ['goes by the rate', { planned: 40, done: 20, ran: 20, ranMs: 2e5, elapsedMs: 5e4 }, 5e4],
    [
      'waits for the last one as long as a trial takes',
      { planned: 21, done: 20, ran: 20, ranMs: 2e5, elapsedMs: 5e4, ...begun(49_000) },
      9000,
    ],
    [
      'leaves skipped trials out of the rate',
      { planned: 40, done: 30, ran: 10, ranMs: 1e4, elapsedMs: 1e4 },
      1e4,
    ],
  ])('%s', (_what, course, left) => {
    expect(millisecondsLeft({ ...idle, ...course })).toBe(left);
  });
});

describe('progressLine()', () => {
  test('names an attack, and how many more run', () => {
    const { running } = begun(0, 0, 0, 0);
    const first = running.get('0')!;
    running.set('0', { ...first, name: { ...first.name, attack: 'exfiltrate' } });
    const course = { ...idle, running };
    expect(progressLine(course, { width: null, ascii: false })).toBe(
      '0/10 trials, running: t/exfiltrate/a/1, t/a/2, t/a/3 and 1 more',
    );
  });

  test('drops names that have no room and says how many more there are', () => {
    const course = { ...idle, ...begun(0, 0, 0, 0) };
    expect(progressLine(course, { width: 46, ascii: false })).toBe(
      '0/10 trials, running: t/a/1, t/a/2 and 2 more',
    );
  });

  test('never holds what is no number, nor more than its width', () => {
    const count = fc.nat(1000);
    const course = fc.record({
      planned: count,
      done: count,
      ran: count,
      ranMs: fc.nat(),
      notPassed: count,
      costUsd: fc.double({ min: 0, max: 100, noNaN: true }),
      elapsedMs: fc.nat(),
    });
    fc.assert(
      fc.property(course, fc.integer({ min: 19, max: 120 }), (figures, width) => {
        const line = progressLine({ ...figures, ...begun(0, 0) }, { width, ascii: true });
        expect(line).not.toMatch(/NaN|Infinity|-\d/);
        expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
