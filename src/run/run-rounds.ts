import type { RunSummary } from '../model/run.ts';
import type { Suite } from '../model/suite.ts';
import type { RunWriter } from '../store/run-writer.ts';
import type { LastLook, RowChoice } from './held-against.ts';
import { type LookSchedule, trialsOf } from './look-schedule.ts';
import { growRow, whyNoMore } from './more-trials.ts';
import { planDigest, type ReadyRow } from './plan-rows.ts';
import type { RunMeter } from './run-ceilings.ts';
import type { RunOptions } from './run-options.ts';
import type { RowRunner } from './run-rows.ts';
import type { RunTally } from './run-tally.ts';

/** A run whose plan is written. */
export interface OngoingRun {
  readonly suites: readonly Suite[];
  /** The rows as they are now: a round puts others, with more trials, in their places. */
  readonly rows: ReadyRow[];
  readonly schedule: LookSchedule;
  readonly options: RunOptions;
  readonly meter: RunMeter;
  readonly runner: RowRunner;
  readonly writer: RunWriter;
  readonly tally: RunTally;
  /** What it came to so far. */
  readonly summary: () => RunSummary;
}

/** Rows that get more trials, and the place of each among all. */
interface Round {
  readonly places: number[];
  readonly whole: ReadyRow[];
  readonly fresh: ReadyRow[];
}

/** Runs the planned trials, then rounds of more as they are asked for, each planned on the disk before it begins. */
export async function runRounds(run: OngoingRun): Promise<LastLook> {
  const { rows, options } = run;
  const planned = rows.map(({ row }) => trialsOf(row));
  const never = neverMore(run);
  await runThrough(run, rows, (at) => at);
  const { looks, beyond } = never === null ? affordable(run) : { looks: 1, beyond: never };
  for (let look = 1; ; look++) {
    const at = { look, looks };
    if (!options.against || look === looks) return { ...at, stopped: beyond };
    const halted = haltedBy(run);
    if (halted !== null) return { ...at, stopped: halted };
    const wants = await options.against.decide(run.writer.dir, run.summary(), at);
    if (wants === null) return { ...at, stopped: null };
    const round = roundOf(run, planned, look, wants);
    if (typeof round === 'string') return { ...at, stopped: round };
    await beginRound(run, round);
    await runThrough(run, round.fresh, (place) => round.places[place] ?? 0);
  }
}

async function runThrough(
  { rows, runner, writer, tally }: OngoingRun,
  some: readonly ReadyRow[],
  placeOf: (at: number) => number,
): Promise<void> {
  const planned = rows.reduce((sum, { row }) => sum + row.trials, 0);
  await runner.run(some, planned, (at, one) => {
    writer.append(one.result, one.record);
    tally.add(placeOf(at), one);
  });
}

/** Why no row could ever have more trials: then the first look is the last, whatever it shows. */
function neverMore({ rows, options }: OngoingRun): string | null {
  if (!options.against?.until) return null;
  const asked = rows.filter(({ row }) => row.skip === undefined);
  const reasons = asked.map((row) => whyNoMore(row, options));
  return reasons.includes(null) ? null : (reasons[0] ?? 'every task is skipped');
}

/** How many looks the ceilings allow if all stays open, by what the first trials took; known before the first look, so that no answer has a say in it. */
function affordable({ rows, schedule, options, meter, tally }: OngoingRun): {
  readonly looks: number;
  readonly beyond: string | null;
} {
  let beyond: string | null = null;
  for (let { looks } = schedule; looks > 1; looks--) {
    const more = rows.reduce((sum, row) => {
      const has = trialsOf(row.row);
      return sum + (whyNoMore(row, options) === null ? schedule.trialsAt(has, looks) - has : 0);
    }, 0);
    const lacking = meter.lacksRoom(ranOf(tally), more);
    if (lacking === null) return { looks, beyond };
    beyond = lacking;
  }
  return { looks: 1, beyond };
}

function haltedBy({ meter, runner }: OngoingRun): string | null {
  return meter.stopped() ?? (runner.hasBailed() ? 'a trial did not pass (--bail)' : null);
}

/** The rows that get more trials, or why there are none. */
function roundOf(
  { rows, schedule, options, meter, tally }: OngoingRun,
  planned: readonly number[],
  look: number,
  wants: RowChoice,
): Round | string {
  const round: Round = { places: [], whole: [], fresh: [] };
  let why: string | null = null;
  for (const [at, ready] of rows.entries()) {
    if (!wants(ready.row)) continue;
    const reason = whyNoMore(ready, options);
    why ??= reason;
    const wanted = schedule.trialsAt(planned[at] ?? 0, look + 1);
    const grown = reason === null ? growRow(ready, wanted) : null;
    if (grown === null) continue;
    round.places.push(at);
    round.whole.push(grown.whole);
    round.fresh.push(grown.fresh);
  }
  if (round.fresh.length === 0) return why ?? 'no task can have more';
  const more = round.fresh.reduce((sum, { row }) => sum + row.trials, 0);
  return meter.lacksRoom(ranOf(tally), more) ?? round;
}

function ranOf({ sums }: RunTally): number {
  return sums.tallies.reduce((sum, one) => sum + one.passed + one.failed + one.errored, 0);
}

/** The plan on the disk names every trial before it runs. Whoever counts by the rows of the plan goes on with the new ones. */
async function beginRound({ suites, rows, writer }: OngoingRun, round: Round): Promise<void> {
  const { plan } = writer;
  for (const [index, at] of round.places.entries()) {
    const whole = round.whole[index] as ReadyRow; // as many rows as places
    rows[at] = whole;
    plan.rows[at] = whole.row;
  }
  await writer.replan({ ...plan, plan_digest: planDigest(suites, plan.rows) });
}
