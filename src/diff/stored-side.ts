import path from 'node:path';
import type { RunSummary } from '../model/run.ts';
import { runFiles } from '../store/run-files.ts';
import { storeFault } from '../store/store-fault.ts';
import { hasTornLine } from '../store/torn-line.ts';
import { openTrajectories } from '../store/trajectories.ts';
import { placeOf, trialLines } from '../store/trial-lines.ts';
import { trialResultOf } from '../store/trial-result-of.ts';
import type { ComparedSide, PlacedTrial } from './compared-side.ts';
import { placedReader } from './placed-reader.ts';
import { type RunEnding, readEnding, tellAll } from './run-ending.ts';
import { plannedTrials, rowsOfAgent } from './side-rows.ts';
import { readPlan } from './stored-plan.ts';

/** What a stored run is opened with. */
export interface StoredSideOptions {
  /** The only agent that is looked at. */
  readonly agent?: string;
  /** What the run came to, where it is known before `run.json` is written. */
  readonly summary?: RunSummary;
}

/** Opens the folder of a run for a comparison; its plan and its summary are read in pieces. Throws `store_fault` where it holds no run that this version can read, `usage` where that has no such agent. */
export async function openStoredSide(
  dir: string,
  { agent, summary }: StoredSideOptions = {},
): Promise<ComparedSide> {
  const file = (name: keyof typeof runFiles) => path.join(dir, runFiles[name]);
  const { head, rows: planned } = await readPlan(dir, file('plan'));
  const ending = summary
    ? tellAll(planned, summary, dir)
    : await readEnding(file('summary'), planned);
  const rows = rowsOfAgent(planned, agent, head.id);
  const trajectories = openTrajectories(dir);
  const reader = placedReader(file('trials'), trialResultOf, storeFault);
  return {
    facts: {
      run: head.id,
      source: 'run',
      agent: agent ?? null,
      started_at: head.started_at,
      status: ending?.status ?? 'unfinished',
      labels: head.labels,
      git: head.git,
      gate: ending?.gate.status ?? null,
      planned: plannedTrials(rows),
    },
    rows,
    suites: new Map(head.suites.map(({ suite, digest }) => [suite, digest])),
    judges: (ending?.judges ?? []).filter((one) => agent === undefined || one.agent === agent),
    warnings: await warningsOf(head.id, ending, [file('trials'), file('trajectories')]),
    trials: () => storedTrials(file('trials')),
    trialAt: reader.at,
    trajectory: async (result) => trajectories.of(result),
    close: () => {
      reader.close();
      trajectories.close();
    },
  };
}

async function warningsOf(
  id: string,
  ending: RunEnding | null,
  files: readonly string[],
): Promise<string[]> {
  const warnings = ending ? [] : [`Run ${id} did not finish: it has no ${runFiles.summary}`];
  for (const file of files) {
    if (await hasTornLine(file))
      warnings.push(`The last line of "${file}" is torn, it was left out`);
  }
  return warnings;
}

/** The results of a run, in the order in which they were written. */
async function* storedTrials(file: string): AsyncGenerator<readonly PlacedTrial[]> {
  for await (const lines of trialLines(file)) {
    yield lines.map(({ value, number, offset, bytes }) => {
      const result = trialResultOf(value, placeOf(file, { number, offset }));
      return { result, offset, bytes };
    });
  }
}
