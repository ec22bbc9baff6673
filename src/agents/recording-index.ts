import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type Line, readLines } from '../io/line-reader.ts';
import { isObject } from '../json/object.ts';
import { MOST_TRIALS } from '../model/plan.ts';
import type { UnreadableLine } from './agent.ts';
import { type RecordHeader, scanHeader } from './record-header.ts';
import { type Recorded, RecordedTrials } from './recorded-trials.ts';

/** The lines of one agent by task, attack and trial. */
export interface RecordingIndex {
  /** Lines by row key (see `rowKey`). */
  readonly rows: ReadonlyMap<string, RecordedTrials>;
  readonly unreadable: readonly UnreadableLine[];
  /** Lines of this agent whose task the suite lacks. */
  readonly foreign: number;
  readonly digest: string;
}

/** Which lines an index takes. */
export interface IndexFilter {
  readonly suite: string;
  readonly agent: string;
  readonly tasks: ReadonlySet<string>;
}

/** Key of a task under an attack. */
export function rowKey(task: string, attack: string | null): string {
  return attack === null ? task : `${task}\0${attack}`;
}

/** The task and the attack of a row key; no id of a task holds what divides them. */
export function namesOfRow(key: string): [task: string, attack: string | null] {
  const end = key.indexOf('\0');
  return end === -1 ? [key, null] : [key.slice(0, end), key.slice(end + 1)];
}

/** Reads a recording once, keeping only where each trial stands. Throws where the file cannot be read. */
export async function indexRecording(file: string, filter: IndexFilter): Promise<RecordingIndex> {
  const state: IndexState = { rows: new Map(), unreadable: [], foreign: 0, numberless: [] };
  const hash = createHash('sha256');
  for await (const lines of readLines(file, { onBytes: (bytes) => hash.update(bytes) })) {
    for (const line of lines) if (!line.blank) addLine(state, line, filter);
  }
  numberLast(state);
  const { rows, unreadable, foreign } = state;
  return { rows, unreadable, foreign, digest: hash.digest('hex') };
}

interface IndexState {
  readonly rows: Map<string, RecordedTrials>;
  readonly unreadable: UnreadableLine[];
  foreign: number;
  /** Lines that name their task and no trial. */
  readonly numberless: { key: string; at: Recorded }[];
}

function addLine(state: IndexState, line: Line, filter: IndexFilter): void {
  const { header, fault } = headerOf(line);
  const { task, agent, trial, suite, attack } = header;
  if (typeof agent === 'string' && agent !== filter.agent) return;
  if (typeof suite === 'string' && suite !== filter.suite) return;
  const number = typeof agent === 'string' && isTrial(trial) ? trial : null;
  const broken = fault ?? (number === null ? missingName(header) : undefined);
  const known = typeof task === 'string' && filter.tasks.has(task);
  if (typeof task !== 'string' || (broken !== undefined && attack) || (!known && number === null)) {
    state.unreadable.push({ line: line.number, reason: broken ?? missingName(header) });
    return;
  }
  if (!known) {
    state.foreign++;
    return;
  }
  const key = rowKey(task, typeof attack === 'string' ? attack : null);
  const place = { line: line.number, offset: line.offset, bytes: line.bytes };
  const at: Recorded = broken === undefined ? place : { ...place, fault: broken, unreadable: true };
  if (number === null) state.numberless.push({ key, at });
  else take(state, key, number, at);
}

function take({ rows }: IndexState, key: string, trial: number, at: Recorded): void {
  const row = rows.get(key) ?? new RecordedTrials();
  rows.set(key, row);
  row.add(trial, at);
}

/** Gives lines that name no trial the numbers behind those of their task. */
function numberLast(state: IndexState): void {
  for (const { key, at } of state.numberless) {
    take(state, key, (state.rows.get(key)?.highest ?? 0) + 1, at);
  }
}

function isTrial(trial: unknown): trial is number {
  return Number.isInteger(trial) && Number(trial) >= 1 && Number(trial) <= MOST_TRIALS;
}

function missingName({ agent, task }: RecordHeader): string {
  if (typeof agent !== 'string') return 'It names no agent';
  if (typeof task !== 'string') return 'It names no task';
  return `It names no trial: a whole number from 1 to ${MOST_TRIALS.toLocaleString('en')}`;
}

/** The names on a line: from its head where that is enough, else from the whole. */
function headerOf(line: Line): { header: RecordHeader; fault?: string } {
  if (!line.buffer) {
    return { header: scanHeader(line.prefix ?? Buffer.alloc(0)), fault: tooLong(line) };
  }
  const header = scanHeader(line.buffer);
  if (!isUtf8(line.buffer)) return { header: wholeNames(header), fault: 'It is not UTF-8' };
  if (header.complete) return { header };
  try {
    const value: unknown = JSON.parse(line.buffer.toString('utf8'));
    if (!isObject(value)) return { header, fault: 'It is no JSON object' };
    return { header: { ...value, complete: true } };
  } catch (thrown) {
    const cut = line.torn ? ' (it is the last line and has no end)' : '';
    return { header, fault: `It is not valid JSON${cut}: ${(thrown as Error).message}` }; // JSON.parse throws errors
  }
}

/** Leaves out the names that were not read as they are written. */
function wholeNames(header: RecordHeader): RecordHeader {
  const names = Object.entries(header).filter(
    ([, name]) => typeof name !== 'string' || !name.includes('\ufffd'),
  );
  return { complete: false, ...Object.fromEntries(names) };
}

function tooLong(line: Line): string {
  return `It is ${line.bytes} bytes long, more than the ${64 * 1024 * 1024} that are read`;
}
