import { isUtf8 } from 'node:buffer';
import path from 'node:path';
import { AgentopsError, messageOf } from '../errors.ts';
import { openWindow, type WindowReader } from '../io/window-reader.ts';
import { Trajectory } from '../model/trajectory.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { checked } from './read-document.ts';
import { runFiles } from './run-files.ts';
import { storeFault } from './store-fault.ts';

/** The trajectories of a run on disk. */
export interface Trajectories {
  /** The trajectory of a result, null where none was kept. Throws `store_fault`. */
  of(result: Pick<TrialResult, 'id' | 'trajectory'>): Trajectory | null;
  /** Lets go of the file; it can be read again. */
  close(): void;
}

/** Reads the trajectories in the folder of a run when they are asked for. */
export function openTrajectories(dir: string): Trajectories {
  const file = path.join(dir, runFiles.trajectories);
  let reader: WindowReader | null = null;
  return {
    of: ({ id, trajectory }) => {
      if (!trajectory) return null;
      reader ??= openWindow(file);
      return readStored(reader, file, id, trajectory);
    },
    close: () => {
      reader?.close();
      reader = null;
    },
  };
}

function readStored(
  reader: WindowReader,
  file: string,
  id: string,
  { offset, bytes }: { offset: number; bytes: number },
): Trajectory {
  const place = `"${file}" at byte ${offset} (trial ${id})`;
  try {
    const record = reader.read(offset, bytes);
    if (!isUtf8(record)) throw storeFault(place, 'it is not UTF-8');
    return checked(JSON.parse(record.toString('utf8')), Trajectory, place);
  } catch (thrown) {
    if (thrown instanceof AgentopsError) throw thrown;
    throw storeFault(place, `it is broken, ${messageOf(thrown)}`, thrown);
  }
}
