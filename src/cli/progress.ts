import type { TrialResult } from '../model/trial-result.ts';
import type { StartedTrial } from '../run/run-options.ts';
import { progressLine, type RunningTrial } from './progress-line.ts';
import { type Environment, lookOf, type StreamFacts } from './terminal.ts';

/** Shows how far a run is. */
export interface Progress {
  start(trial: StartedTrial, planned: number): void;
  add(finished: TrialResult, planned: number): void;
  /** Takes the line away and shows nothing until what it returns is called. */
  hold(): () => void;
  /** Takes the line away; nothing is shown after it. */
  end(): void;
}

/** Where progress is shown. */
export interface ProgressStream extends StreamFacts {
  /** The stream has more to write than it can: nothing is added. */
  readonly writableNeedDrain?: boolean;
  write(text: string): unknown;
}

/** How progress is shown; what is left out is that of this process. */
export interface ProgressOptions {
  readonly quiet?: boolean;
  /** Milliseconds that never go back. */
  readonly clock?: () => number;
  /** Calls again and again, every so many milliseconds, until what it returns is called. */
  readonly every?: (ms: number, run: () => void) => () => void;
}

const REDRAW_MS = 200;
const PLAIN_MS = 10_000;
const ERASE = '\r\x1b[2K';
const SILENT: Progress = {
  start: () => undefined,
  add: () => undefined,
  hold: () => () => undefined,
  end: () => undefined,
};

/** Shows one line on a terminal that is rewritten a few times a second; in CI and where there is no terminal a line every ten seconds. */
export function startProgress(
  stream: ProgressStream,
  environment: Environment,
  { quiet = false, clock = () => performance.now(), every = everyOfProcess }: ProgressOptions = {},
): Progress {
  if (quiet) return SILENT;
  const count = startCounting(clock);
  const rewrites = isRewritable(stream, environment);
  let drawn = false;
  let held = 0;
  const draw = (): void => {
    const course = count.course();
    if (held > 0 || course.planned === 0 || stream.writableNeedDrain) return;
    const { width, ascii } = lookOf(stream, environment);
    // The last column stays free: some terminals break the line there
    const line = progressLine(course, { width: rewrites && width ? width - 1 : null, ascii });
    stream.write(rewrites ? ERASE + line : `${line}\n`);
    drawn = true;
  };
  const erase = (): void => {
    if (drawn && rewrites) stream.write(ERASE);
    drawn = false;
  };
  const stop = every(rewrites ? REDRAW_MS : PLAIN_MS, draw);
  return {
    start: count.start,
    add: count.add,
    hold: () => {
      held++;
      erase();
      return () => void held--;
    },
    end: () => {
      stop();
      erase();
    },
  };
}

/** Keeps count of what began and what ended. */
function startCounting(clock: () => number) {
  const began = clock();
  const running = new Map<string, RunningTrial>();
  const sums = { planned: 0, done: 0, ran: 0, ranMs: 0, notPassed: 0, costUsd: 0 };
  return {
    start: (trial: StartedTrial, planned: number): void => {
      sums.planned = planned;
      running.set(trial.id, { name: trial, since: clock() - began });
    },
    add: ({ id, status, cost_usd, judge_cost_usd }: TrialResult, planned: number): void => {
      sums.planned = planned;
      sums.done++;
      const known = running.get(id);
      if (status !== 'skip' && known) {
        sums.ran++;
        sums.ranMs += clock() - began - known.since;
      }
      running.delete(id);
      sums.costUsd += (cost_usd ?? 0) + (judge_cost_usd ?? 0);
      if (status === 'fail' || status === 'error') sums.notPassed++;
    },
    course: () => ({ ...sums, elapsedMs: clock() - began, running }),
  };
}

function isRewritable({ isTTY }: ProgressStream, environment: Environment): boolean {
  const inCi = environment['CI'] && environment['CI'] !== 'false';
  return isTTY === true && !inCi && environment['TERM'] !== 'dumb';
}

function everyOfProcess(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  timer.unref(); // what runs keeps the process alive, not the telling of it
  return () => clearInterval(timer);
}
