import path from 'node:path';
import * as z from 'zod';
import { AgentopsError } from '../errors.ts';
import { readJsonParts } from '../io/json-parts.ts';
import type { SideFacts } from '../model/diff.ts';
import { JsonReport, ReportedTrial } from '../model/report.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { checked } from '../store/read-document.ts';
import { readParts } from '../store/read-parts.ts';
import { runFiles } from '../store/run-files.ts';
import { openTrajectories } from '../store/trajectories.ts';
import { trialLines } from '../store/trial-lines.ts';
import { isPlainResult } from '../store/trial-result-of.ts';
import { checkedTask } from './checked-row.ts';
import type { ComparedSide, PlacedTrial } from './compared-side.ts';
import { placedReader } from './placed-reader.ts';
import { RowTable } from './row-table.ts';
import { plannedTrials, rowsOfAgent } from './side-rows.ts';

/** What a report is opened with. */
export interface ReportSideOptions {
  /** The only agent that is looked at. */
  readonly agent?: string;
  /** Folder of the run that the report is of, where trajectories are; null where it is not stored. */
  readonly storedRun?: (id: string) => string | null;
}

const Head = JsonReport.pick({ gate: true, judges: true }).extend({
  run: JsonReport.shape.run.extend({ suites: z.record(z.string(), z.string()).optional() }),
  baseline: z.looseObject({}).optional(),
});

/** Opens a JSON report or a baseline file for a comparison; it is read in pieces. Throws `input_fault` where it is none that this version can read, `usage` where it has no such agent. */
export async function openReportSide(
  file: string,
  { agent, storedRun = () => null }: ReportSideOptions = {},
): Promise<ComparedSide> {
  const { head, rows: all } = await readHead(file);
  const rows = rowsOfAgent(all, agent, head.run.id);
  const reader = placedReader(file, trialOf, inputFault);
  const { suites = {} } = head.run;
  const facts = factsOf(head, rows, agent);
  const stored = storedRun(head.run.id);
  const trajectories = stored === null ? null : reportedTrajectories(stored);
  return {
    facts,
    rows,
    suites: new Map(Object.entries(suites)),
    judges: (head.judges ?? []).filter((one) => agent === undefined || one.agent === agent),
    warnings: facts.status === 'unfinished' ? [`Run ${head.run.id} did not finish`] : [],
    trials: () => reportedTrials(file),
    trialAt: reader.at,
    trajectory: trajectories?.of ?? null,
    close: () => {
      reader.close();
      trajectories?.close();
    },
  };
}

async function readHead(file: string): Promise<{ head: z.infer<typeof Head>; rows: RowTable }> {
  const rows = new RowTable();
  const values = await readParts(file, {
    values: Object.keys(Head.shape),
    list: 'tasks',
    each: (value, place) => {
      const task = checkedTask(value, place, inputFault);
      rows.add(task, task);
    },
    fault: inputFault,
  });
  return { head: checked(Object.fromEntries(values), Head, `"${file}"`, inputFault), rows };
}

function factsOf(
  { run, gate, baseline }: z.infer<typeof Head>,
  rows: RowTable,
  agent: string | undefined,
): SideFacts {
  const isFinished = run.finished_at !== null;
  return {
    run: run.id,
    source: baseline ? 'baseline' : 'report',
    agent: agent ?? null,
    started_at: run.started_at,
    status: isFinished ? run.status : 'unfinished',
    labels: run.labels,
    git: run.git,
    gate: isFinished ? gate.status : null,
    planned: plannedTrials(rows),
  };
}

async function* reportedTrials(file: string): AsyncGenerator<readonly PlacedTrial[]> {
  const trials = new Set(['trials']);
  let listed = false;
  const options = { keys: trials, lists: trials, fault: inputFault };
  for await (const parts of readJsonParts(file, options)) {
    const placed: PlacedTrial[] = [];
    for (const { kind, value, line, offset, bytes } of parts) {
      if (kind === 'end') listed = true;
      if (kind !== 'element') continue;
      const place = `"${file}" line ${line} (byte ${offset})`;
      placed.push({ result: trialOf(value, place), offset, bytes });
    }
    if (placed.length > 0) yield placed;
  }
  if (!listed) throw inputFault(`"${file}"`, 'it is no such record: it has no list "trials"');
}

/** A trial of a report; tokens are null in older ones. */
function trialOf(value: unknown, place: string): TrialResult {
  const trial: ReportedTrial = isPlainResult(value)
    ? value
    : checked(value, ReportedTrial, place, inputFault);
  const { input_tokens, output_tokens } = trial as Partial<TrialResult>; // newer reports have them
  return { ...trial, input_tokens: input_tokens ?? null, output_tokens: output_tokens ?? null };
}

/** Finds trajectories in the folder of the run that a report is of; where each stands is looked up when the first is asked for. */
function reportedTrajectories(dir: string) {
  const stored = openTrajectories(dir);
  let places: Promise<ReadonlyMap<string, TrialResult['trajectory']>> | null = null;
  return {
    of: async (result: TrialResult) => {
      places ??= placesIn(path.join(dir, runFiles.trials));
      const trajectory = (await places).get(result.id);
      return stored.of({ id: result.id, trajectory });
    },
    close: stored.close,
  };
}

async function placesIn(file: string): Promise<ReadonlyMap<string, TrialResult['trajectory']>> {
  const places = new Map<string, TrialResult['trajectory']>();
  for await (const lines of trialLines(file)) {
    for (const { id, value } of lines) {
      const { trajectory } = value as Partial<TrialResult>; // looked at where it is read
      if (trajectory) places.set(id, { offset: trajectory.offset, bytes: trajectory.bytes });
    }
  }
  return places;
}

function inputFault(place: string, state: string): AgentopsError {
  return new AgentopsError('input_fault', `Cannot read ${place}: ${state}`);
}
