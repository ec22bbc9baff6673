import path from 'node:path';
import type { Trajectory } from '../model/trajectory.ts';
import { readTrajectory } from './agentops.ts';
import { detectFormat, formatNamed } from './choose-format.ts';
import type { Format, FormatItem, SourceRecord } from './format.ts';
import { APPROVALS } from './inspect-approval/approval-policy.ts';
import { formats } from './registry.ts';
import { sourceRecords } from './source-records.ts';
import { type Place, type TrialNumber, trialNumbers } from './trial-numbers.ts';

/** How foreign files are read. */
export interface ImportOptions {
  /** Name of their format; told from what each file holds unless given. */
  readonly from?: string;
  /** Agent of records that name none, `recorded` unless given. */
  readonly agent?: string;
  /** Task of records that name none. */
  readonly task?: string;
}

/** A trajectory that was read, ready to be written. */
export interface Imported {
  readonly trajectory: Trajectory;
  /** The trajectory as a line of JSON, without its end. */
  readonly line: string;
  readonly format: Format;
  /** The record that it was made of. */
  readonly origin: unknown;
  readonly place: Place;
}

/** What could not be read, and where. */
export interface ImportFault {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export type ImportItem = Imported | { readonly fault: ImportFault };

/** Values at the head of a file that its format is told from. */
const HEAD = 8;

/** Reads trajectories from foreign files, one at a time and in order; what cannot be read is a fault with its place, and so is a trial that was read before. Trials without a number get one. Throws `usage` for an unknown format, `input_fault` or `disk_fault` for a file that cannot be opened. */
export async function* importFiles(
  files: readonly string[],
  options: ImportOptions = {},
): AsyncGenerator<ImportItem> {
  const numberOf = trialNumbers();
  const given = options.from === undefined ? null : formatNamed(options.from);
  for (const file of files) {
    let found = 0;
    for await (const item of importFile(file, given, options)) {
      found++;
      yield 'fault' in item ? item : finished(item, file, numberOf);
    }
    if (found === 0) yield faultAt({ file, line: 1 }, 'The file holds no record');
  }
}

type Read = Extract<FormatItem, { trajectory: unknown }> & { readonly format: Format };

async function* importFile(
  file: string,
  given: Format | null,
  { agent = 'recorded', task }: ImportOptions,
): AsyncGenerator<Read | { fault: ImportFault }> {
  const source = sourceRecords(file);
  const head: SourceRecord[] = [];
  for (let next = await source.next(); !next.done; next = await source.next()) {
    if (head.push(next.value) === HEAD) break;
  }
  if (head.length === 0) return;
  const format =
    given ?? detectFormat(head.flatMap((record) => ('value' in record ? [record.value] : [])));
  if (format === null) {
    yield unknownFormat(file, head);
    return;
  }
  async function* records() {
    yield* head;
    yield* source;
  }
  const settings = { file: path.basename(file), agent, ...(task !== undefined && { task }) };
  for await (const item of format.read(records(), settings)) {
    yield 'fault' in item ? faultAt({ ...item, file }, item.fault) : { ...item, format };
  }
}

function unknownFormat(file: string, head: readonly SourceRecord[]): { fault: ImportFault } {
  const broken = head.find((record) => 'fault' in record);
  const known = [...formats.map(({ key }) => key), APPROVALS].join(', ');
  const words = `Cannot tell the format, expected one of ${known}: name it with --from`;
  if (broken === undefined || !('fault' in broken))
    return faultAt({ file, line: head[0]?.line ?? 1 }, words);
  return faultAt({ file, line: broken.line }, `${words}. ${broken.fault}`);
}

/** Numbers a trajectory and holds it against the schema, so that what is written can be read. */
function finished(
  { trajectory, unnumbered = false, line, record, format, origin }: Read,
  file: string,
  numberOf: (trajectory: Trajectory, isGiven: boolean, place: Place) => TrialNumber,
): ImportItem {
  const read = readTrajectory(trajectory);
  const place = { file, line, ...(record !== undefined && { record }) };
  if ('fault' in read) return faultAt(place, read.fault);
  try {
    const number = numberOf(trajectory, !unnumbered, place);
    if ('fault' in number) return faultAt(place, number.fault);
    const numbered = { ...trajectory, ...number };
    return { trajectory: numbered, line: JSON.stringify(numbered), format, origin, place };
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return faultAt(place, 'It is nested too deeply, or too long, to be written');
  }
}

/** A fault at a place; of many records in a line, the message says which it is. */
export function faultAt({ file, line, record }: Place, words: string): { fault: ImportFault } {
  const message = record === undefined ? words : `Record ${record}: ${words}`;
  return { fault: { file, line, message } };
}

/** The lines of a trajectory file; faults are told apart from them. */
export async function* trajectoryLines(
  items: AsyncIterable<ImportItem>,
  onFault: (fault: ImportFault) => void,
  onTrajectory: (imported: Imported) => void = () => undefined,
): AsyncGenerator<string> {
  for await (const item of items) {
    if ('fault' in item) onFault(item.fault);
    else {
      onTrajectory(item);
      yield `${item.line}\n`;
    }
  }
}
