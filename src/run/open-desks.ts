import type { Suite } from '../model/suite.ts';
import type { Trajectory } from '../model/trajectory.ts';
import type { OpenDesk } from '../panel/open-desk.ts';
import { type DeskSupply, deskSupply, type SuppliedDesk } from './desk-options.ts';
import type { AskedJudge } from './judge-costs.ts';
import type { JudgeTally } from './judge-tally.ts';
import type { RunMeter } from './run-ceilings.ts';
import type { RunDesk } from './run-desk.ts';
import type { RunOptions } from './run-options.ts';

/** The desks of a run. */
export interface OpenDesks {
  /** null where the suite has no judges. */
  of(suite: Suite): RunDesk | null;
  /** Adds up what judges said of a trial; null where no suite has one. */
  readonly tally: JudgeTally | null;
  digests(): Promise<Record<string, string>>;
  notes(): readonly string[];
  close(): Promise<void>;
}

/** Opens the desk of every suite that has judges; what judges need is loaded for such suites alone. */
export async function openDesks(
  suites: Iterable<Suite>,
  options: RunOptions,
  meter: RunMeter,
): Promise<OpenDesks> {
  const desks = new Map<Suite, RunDesk>();
  const supply = deskSupply(options, meter);
  try {
    for (const suite of suites) {
      if (desks.has(suite) || Object.keys(suite.judges ?? {}).length === 0) continue;
      desks.set(suite, await openOne(suite, options, supply));
    }
  } catch (thrown) {
    await supply.close();
    throw thrown;
  }
  return {
    of: (suite) => desks.get(suite) ?? null,
    tally: desks.size === 0 ? null : await openTally(desks),
    digests: supply.digests,
    notes: supply.notes,
    close: supply.close,
  };
}

async function openTally(desks: ReadonlyMap<Suite, RunDesk>): Promise<JudgeTally> {
  const { judgeTally } = await import('./judge-tally.ts');
  return judgeTally(desks);
}

async function openOne(
  suite: Suite,
  { judgeOnly, deskOf }: RunOptions,
  supply: DeskSupply,
): Promise<RunDesk> {
  const supplied = await supply.of(suite);
  const desk = deskOf ? deskOf(suite, supplied.options) : await openReal(supplied, judgeOnly);
  return remembering(desk, supplied.standing);
}

/** Where only some judges are asked anew, the others answer from the recording. */
async function openReal(
  { options }: SuppliedDesk,
  only: readonly string[] | undefined,
): Promise<OpenDesk> {
  const { openDesk } = await import('../panel/open-desk.ts');
  if (!only) return openDesk(options);
  const [asked, others] = [true, false].map((isAsked) =>
    Object.fromEntries(
      Object.entries(options.judges).filter(([name]) => only.includes(name) === isAsked),
    ),
  );
  const first = openDesk({ ...options, judges: asked ?? {} });
  const second = openDesk({ ...options, judges: others ?? {}, mode: 'recorded' });
  const deskFor = (name: string) => (only.includes(name) ? first : second);
  return {
    needsCalls: (name) => deskFor(name).needsCalls(name),
    judge: (name, wanted, view) => deskFor(name).judge(name, wanted, view),
    canaries: () => new Map([...first.canaries(), ...second.canaries()]),
  };
}

/** Keeps what was said of each trajectory: a `not` around a judge says nothing of its ballots. */
function remembering(desk: OpenDesk, standing: RunDesk['standing']): RunDesk {
  const said = new Map<Trajectory, AskedJudge[]>();
  return {
    needsCalls: (name) => desk.needsCalls(name),
    judge: async (name, wanted, view) => {
      const outcome = await desk.judge(name, wanted, view);
      const { trajectory } = view.whole;
      const known = said.get(trajectory);
      const asked = { judge: name, wanted, outcome };
      if (known) known.push(asked);
      else said.set(trajectory, [asked]);
      return outcome;
    },
    take: (trajectory) => {
      const found = said.get(trajectory) ?? [];
      said.delete(trajectory);
      return found;
    },
    canaries: () => desk.canaries(),
    standing,
  };
}
