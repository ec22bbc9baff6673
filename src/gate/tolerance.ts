import { wildcard } from '../match/wildcard.ts';
import type { GateRule, PlanRow } from '../model/plan.ts';

/** An entry of a gate's `tolerate`, ready to be asked. */
export interface Tolerated {
  /** Its words for a report, empty where the suite gives none. */
  readonly reason: string;
  /** The entry in the words of the suite. */
  readonly words: string;
  /** Whether it speaks of the rows of that task, agent and attack. */
  covers(row: Names): boolean;
  /** Whether it names the verdict. */
  names(path: string): boolean;
}

type Names = Pick<PlanRow, 'task' | 'agent' | 'attack'>;

/** The violations that a gate tolerates, in the order of the suite. */
export function tolerancesOf(rule: GateRule | null): Tolerated[] {
  return (rule?.tolerate ?? []).map((entry) => {
    const { verdict, task, attack, agent, reason } =
      typeof entry === 'string' ? { verdict: entry, reason: '' } : entry;
    const wanted = Object.entries({ task, attack, agent }).flatMap(([key, name]) =>
      name === undefined ? [] : [` of ${key} "${name}"`],
    );
    const isTask = nameTest(task);
    const isAttack = nameTest(attack);
    const isAgent = nameTest(agent);
    return {
      reason,
      words: `${verdict}${wanted.join('')}`,
      covers: (row) => isTask(row.task) && isAttack(row.attack) && isAgent(row.agent),
      names: (path) => isPathOf(verdict, path),
    };
  });
}

/** Whether a path of a verdict is meant by a pattern in which `*` stands for one whole segment. */
function isPathOf(pattern: string, path: string): boolean {
  if (pattern === path) return true;
  const wanted = pattern.split('.');
  const found = path.split('.');
  return (
    wanted.length === found.length &&
    wanted.every((segment, at) => segment === '*' || segment === found[at])
  );
}

function nameTest(pattern: string | undefined): (name: string | null) => boolean {
  if (pattern === undefined) return () => true;
  const is = wildcard(pattern);
  return (name) => name !== null && is(name);
}
