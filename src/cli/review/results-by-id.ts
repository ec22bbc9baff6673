import path from 'node:path';
import { openWindow } from '../../io/window-reader.ts';
import { TrialResult } from '../../model/trial-result.ts';
import { checked } from '../../store/read-document.ts';
import { runFiles } from '../../store/run-files.ts';
import type { StoredRun } from '../../store/stored-run.ts';
import { placeOf, trialLines } from '../../store/trial-lines.ts';

/** Results of a run that are read one by one, as they are asked for. */
export interface ResultsById {
  /** The result of one of the trials. Throws `store_fault`. */
  read(id: string): TrialResult;
  close(): void;
}

/** Notes where the results of some trials stand. Throws `store_fault`. */
export async function resultsById(run: StoredRun, ids: ReadonlySet<string>): Promise<ResultsById> {
  const file = path.join(run.dir, runFiles.trials);
  const places = new Map<string, { number: number; offset: number; bytes: number }>();
  for await (const lines of trialLines(file)) {
    for (const { id, number, offset, bytes } of lines) {
      if (ids.has(id)) places.set(id, { number, offset, bytes });
    }
  }
  const reader = openWindow(file);
  return {
    read: (id) => {
      const place = places.get(id);
      if (place === undefined) throw new Error(`Trial ${id} was not to be read`);
      const text = reader.read(place.offset, place.bytes).toString('utf8');
      return checked(JSON.parse(text), TrialResult, placeOf(file, place));
    },
    close: reader.close,
  };
}
