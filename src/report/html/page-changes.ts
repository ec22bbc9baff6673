import type { ShownTrial } from '../../diff/diff.ts';
import type { HeldDiff } from '../../diff/held-diff.ts';
import type { TaskChange } from '../../model/task-change.ts';
import { BLOCK_END, block, blockStart, inertJson } from './inert.ts';
import { trialDetail } from './listed-trial.ts';
import { BLOCKS, type PagePair, type PairedTrial } from './payload.ts';

/** Characters of unchanged tasks that a page lists; those that changed are all listed. */
const MOST_UNCHANGED = 4 * 1024 * 1024;

/** Yields the list of tasks of a comparison, gravest change first, with how many unchanged ones were left out. */
export async function* changesBlock({ diff }: HeldDiff): AsyncIterable<string> {
  yield `${blockStart(BLOCKS.changes)}{"list":[`;
  let room = MOST_UNCHANGED;
  let left = 0;
  let separator = '\n';
  for (const change of diff.tasks()) {
    const text = inertJson(change);
    if (change.change === 'same') room -= text.length;
    if (change.change === 'same' && room < 0) left++;
    else {
      yield separator + text;
      separator = ',\n';
    }
  }
  yield `],"left":${left}}${BLOCK_END}`;
}

/** So many pairs that find no room end the search for smaller ones: each is read from disk. */
const MOST_MISSES = 20;

/** Yields the trials of each change in the order of the list, as far as the budget reaches; `known` are the ids of trials that the page holds already. */
export async function* pairBlocks(
  { diff }: HeldDiff,
  budget: number,
  known: (id: string) => boolean,
): AsyncIterable<string> {
  let left = budget;
  let misses = 0;
  let index = 0;
  for (const change of diff.tasks()) {
    if (misses > MOST_MISSES) return;
    const text = block(`${BLOCKS.pair}${index++}`, await pagePair(await diff.pair(change), known));
    if (text.length > left) misses++;
    else {
      left -= text.length;
      yield text;
    }
  }
}

/** Ids of the trials of head that tell a change. */
export function changedTrials(reported: HeldDiff | undefined): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { change, trials } of reported?.diff.tasks() ?? noTasks) {
    if (change !== 'same' && trials.head !== null) ids.add(trials.head);
  }
  return ids;
}

const noTasks: readonly TaskChange[] = [];

async function pagePair(
  pair: { readonly base: ShownTrial | null; readonly head: ShownTrial | null },
  known: (id: string) => boolean,
): Promise<PagePair> {
  const { base, head } = pair;
  return {
    base: base && pairedTrial(base),
    head: head && (known(head.result.id) ? head.result.id : pairedTrial(head)),
  };
}

function pairedTrial({ result, trajectory }: ShownTrial): PairedTrial {
  const { id, agent, trial } = result;
  return { id, agent, trial, detail: trialDetail(result, trajectory) };
}
