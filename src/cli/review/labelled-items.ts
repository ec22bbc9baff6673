import { itemKey } from '../../calibration/label-keys.ts';
import { labelLinesSoFar } from '../../calibration/label-lines.ts';
import { stepsDigest } from '../../calibration/steps-digest.ts';
import type { Label } from '../../model/label.ts';
import type { Trajectory } from '../../model/trajectory.ts';

/** Whose labels, and of which question: those are told apart. */
export interface Labeller {
  readonly by: string | undefined;
  readonly judge: string | undefined;
}

/** The items that a person has labelled, each with the trajectories that were seen. */
export interface LabelledItems {
  /** Digests of what was seen of an item, null where a label does not tell; nothing where it has none. */
  of(item: Parameters<typeof itemKey>[0]): ReadonlySet<string | null> | undefined;
  /** Lines that are no labels, as `file:line: why`. */
  readonly faults: readonly string[];
}

/** Reads whose labels there are in some files. */
export async function labelledItems(
  files: readonly string[],
  { by, judge }: Labeller,
): Promise<LabelledItems> {
  const seen = new Map<string, Set<string | null>>();
  const faults: string[] = [];
  for (const file of files) {
    for await (const line of labelLinesSoFar(file)) {
      if ('fault' in line) faults.push(`${file}:${line.line}: ${line.fault}`);
      else if (line.label.by === by && line.label.judge === judge) note(seen, line.label);
    }
  }
  return { of: (item) => seen.get(itemKey(item)), faults };
}

function note(seen: Map<string, Set<string | null>>, label: Label): void {
  const key = itemKey(label);
  const digests = seen.get(key) ?? new Set();
  seen.set(key, digests.add(label.trajectory ?? null));
}

/** SHA-256 of the steps that are seen; null where there are none, or they are nested too deeply to be told. */
export function seenDigest(trajectory: Trajectory | null): string | null {
  if (trajectory === null) return null;
  try {
    return stepsDigest(trajectory.steps);
  } catch (thrown) {
    if (thrown instanceof RangeError) return null;
    throw thrown;
  }
}
