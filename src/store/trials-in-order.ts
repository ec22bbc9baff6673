import { openWindow } from '../io/window-reader.ts';
import type { Plan } from '../model/plan.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { storeFault } from './store-fault.ts';
import { placeOf, type TrialLine, trialLines } from './trial-lines.ts';
import { trialResultOf } from './trial-result-of.ts';

type Places = Map<string, Omit<TrialLine, 'id' | 'value'>>;

/** Reads the results of a run in plan order. They are mostly written in that order; from the first that is not, only where each stands is kept. Throws `store_fault`, also where they are not as many as `count`, null where that is not known. */
export async function* trialsInOrder(
  file: string,
  plan: Plan,
  count: number | null,
): AsyncGenerator<TrialResult> {
  let found = 0;
  for await (const result of storedTrials(file, plan)) {
    found++;
    yield result;
  }
  if (count === null || found === count) return;
  throw storeFault(`"${file}"`, `it holds ${found} trials, and the run finished with ${count}`);
}

async function* storedTrials(file: string, plan: Plan): AsyncGenerator<TrialResult> {
  const planned = trialIds(plan);
  let wanted = planned.next();
  const places: Places = new Map();
  let inOrder = true;
  for await (const lines of trialLines(file)) {
    for (const line of lines) {
      inOrder &&= !wanted.done && line.id === wanted.value;
      if (inOrder) {
        yield trialResultOf(line.value, placeOf(file, line));
        wanted = planned.next();
      } else addPlace(places, line, file);
    }
  }
  if (places.size === 0) return;
  const reader = openWindow(file);
  try {
    for (; !wanted.done; wanted = planned.next()) {
      const place = places.get(wanted.value);
      if (place === undefined) continue;
      places.delete(wanted.value);
      const text = reader.read(place.offset, place.bytes).toString('utf8');
      yield trialResultOf(JSON.parse(text), placeOf(file, place));
    }
  } finally {
    reader.close();
  }
  const [stray] = places.keys();
  if (stray !== undefined) {
    throw storeFault(`"${file}"`, `trial "${stray}" stands there twice, or is not in the plan`);
  }
}

/** Ids of the planned trials, in order. */
function* trialIds(plan: Plan): Generator<string, undefined> {
  for (const row of plan.rows) yield* row.trial_ids;
}

function addPlace(places: Places, line: TrialLine, file: string): void {
  const { id, number, offset, bytes } = line;
  if (places.has(id)) throw storeFault(placeOf(file, line), `trial "${id}" stands there twice`);
  places.set(id, { number, offset, bytes });
}
