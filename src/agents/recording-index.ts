import { createHash } from 'node:crypto';
import { type Line, readLines } from '../io/line-reader.ts';
import { isObject } from '../json/object.ts';
import type { UnreadableLine } from './agent.ts';
import { type RecordHeader, scanHeader } from './record-header.ts';

/** Where the line of one trial stands. */
export interface Recorded {
  readonly line: number;
  readonly offset: number;
  readonly bytes: number;
  /** Why the trial cannot be judged, where that is known already. */
  readonly fault?: string;
}

/** The lines of one agent by task, attack and trial. */
export interface RecordingIndex {
  /** Lines by row key (see `rowKey`), then by trial. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<number, Recorded>>;
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

/** Most trials that are planned because a recording names them. */
const MOST_TRIALS = 1_000_000;

/** Key of a task under an attack. */
export function rowKey(task: string, attack: string | null): string {
  return attack === null ? task : `${task}\0${attack}`;
}

/** Reads a recording once, keeping only where each trial stands. Throws where the file cannot be read. */
export async function indexRecording(file: string, filter: IndexFilter): Promise<RecordingIndex> {
  const rows = new Map<string, Map<number, Recorded>>();
  const state = { rows, unreadable: [] as UnreadableLine[], foreign: 0 };
  const hash = createHash('sha256');
  for await (const lines of readLines(file)) {
    for (const line of lines) {
      if (line.buffer) hash.update(line.buffer);
      else hash.update(line.prefix ?? '');
      hash.update('\n');
      if (!line.blank) addLine(state, line, filter);
    }
  }
  return { ...state, digest: hash.digest('hex') };
}

interface IndexState {
  rows: Map<string, Map<number, Recorded>>;
  unreadable: UnreadableLine[];
  foreign: number;
}

function addLine(state: IndexState, line: Line, filter: IndexFilter): void {
  const { header, fault } = headerOf(line);
  const { task, agent, trial, suite } = header;
  if (typeof agent === 'string' && agent !== filter.agent) return;
  if (typeof suite === 'string' && suite !== filter.suite) return;
  const named = typeof task === 'string' && typeof trial === 'number' && isTrial(trial);
  if (!named || typeof agent !== 'string') {
    const reason = fault ?? `It names no ${missingName(header)}`;
    state.unreadable.push({ line: line.number, reason });
    return;
  }
  if (!filter.tasks.has(task)) {
    state.foreign++;
    return;
  }
  place(
    state,
    rowKey(task, typeof header.attack === 'string' ? header.attack : null),
    trial,
    line,
    fault,
  );
}

function place(
  state: IndexState,
  key: string,
  trial: number,
  line: Line,
  fault: string | undefined,
): void {
  const row = state.rows.get(key) ?? new Map<number, Recorded>();
  state.rows.set(key, row);
  const place = { line: line.number, offset: line.offset, bytes: line.bytes };
  const first = row.get(trial);
  if (first)
    row.set(trial, {
      ...first,
      fault: `It is recorded twice, in lines ${first.line} and ${line.number}`,
    });
  else row.set(trial, fault === undefined ? place : { ...place, fault });
}

function isTrial(trial: number): boolean {
  return Number.isInteger(trial) && trial >= 1 && trial <= MOST_TRIALS;
}

function missingName({ agent, task }: RecordHeader): string {
  if (typeof agent !== 'string') return 'agent';
  return typeof task === 'string' ? 'trial (a whole number from 1)' : 'task';
}

/** The names on a line: from its head where that is enough, else from the whole. */
function headerOf(line: Line): { header: RecordHeader; fault?: string } {
  if (!line.buffer) {
    return { header: scanHeader(line.prefix ?? Buffer.alloc(0)), fault: tooLong(line) };
  }
  const header = scanHeader(line.buffer);
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

function tooLong(line: Line): string {
  return `It is ${line.bytes} bytes long, more than the ${64 * 1024 * 1024} that are read`;
}
