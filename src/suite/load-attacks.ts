import type { Attack, TaskAttacks } from '../model/attack.ts';
import type { Tools } from '../model/tool.ts';
import type { Part, SuiteLoading } from './part-loading.ts';

/** Reads the attacks of a suite, inline or from the file that is named; none where there are none. */
export async function loadAttacks(
  _loading: SuiteLoading,
  _part: Part,
  _tools: Tools | null,
): Promise<readonly Attack[]> {
  return [];
}

/** Reads which attacks a task runs with; undefined where it says nothing. */
export function loadTaskAttacks(
  _loading: SuiteLoading,
  _part: Part,
  _attacks: readonly Attack[],
): TaskAttacks | undefined {
  return undefined;
}
