import { AgentopsError } from '../errors.ts';
import { codeOf } from '../io/disk-fault.ts';
import { type Line, readLines } from '../io/line-reader.ts';
import type { WindowReader } from '../io/window-reader.ts';
import { TrialResult } from '../model/trial-result.ts';

/** Where the line of a trial stands. */
export interface TrialPlace {
  readonly line: number;
  readonly offset: number;
  readonly bytes: number;
}

/** Where each trial of a run stands, by id. */
export interface TrialIndex {
  readonly places: ReadonlyMap<string, TrialPlace>;
  readonly warnings: readonly string[];
}

const ID = /^\{"id":"([^"\\]+)"/;

/** Finds the lines of `trials.jsonl`; a torn last line is left out with a warning, any other bad line throws `store_fault`. */
export async function indexTrials(file: string): Promise<TrialIndex> {
  const places = new Map<string, TrialPlace>();
  const warnings: string[] = [];
  try {
    for await (const lines of readLines(file)) {
      for (const line of lines) {
        if (line.blank) continue;
        const id = idOf(line);
        if (id !== null && !line.torn) {
          places.set(id, { line: line.number, offset: line.offset, bytes: line.bytes });
        } else if (line.torn) warnings.push(`The last line of "${file}" is torn and was left out`);
        else throw damaged(file, line.number, line.offset);
      }
    }
  } catch (thrown) {
    const cause = thrown instanceof AgentopsError ? thrown.cause : thrown;
    if (codeOf(cause) !== 'ENOENT') throw thrown;
  }
  return { places, warnings };
}

function idOf({ buffer }: Line): string | null {
  if (!buffer) return null;
  const head = ID.exec(buffer.toString('utf8', 0, 200));
  if (head?.[1] !== undefined && buffer.at(-1) === 125) return head[1];
  try {
    const value = TrialResult.safeParse(JSON.parse(buffer.toString('utf8')));
    return value.success ? value.data.id : null;
  } catch {
    return null;
  }
}

/** Reads the result that stands at a place; throws `store_fault` where it is damaged. */
export function readTrial(reader: WindowReader, place: TrialPlace, dir: string): TrialResult {
  const text = reader.read(place.offset, place.bytes).toString('utf8');
  try {
    return JSON.parse(text) as TrialResult; // written by this program; its index saw the id
  } catch {
    throw damaged(`${dir}/trials.jsonl`, place.line, place.offset);
  }
}

function damaged(file: string, line: number, offset: number): AgentopsError {
  return new AgentopsError(
    'store_fault',
    `Cannot read "${file}": line ${line} at byte ${offset} is no trial`,
  );
}
