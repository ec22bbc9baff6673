import type { BlastRadius } from '../model/blast-radius.ts';
import { counted, countText } from './figures.ts';

/** How far a trial reached, in one line; empty where it did nothing but read. */
export function blastText(radius: BlastRadius): string {
  const { writes, irreversible, reversible, external, blocked, changed } = radius;
  return [
    changed && changed.count > 0 ? `changed ${counted(changed.count, 'pointer')}` : [],
    writes > 0 ? writesText(writes, irreversible) : [],
    external > 0 ? `${counted(external, 'call')} left the house` : [],
    writes > 0 ? `${countText(reversible)} of ${countText(writes)} can be undone` : [],
    blocked > 0 ? `${counted(blocked, 'call')} blocked` : [],
  ]
    .flat()
    .join(', ');
}

function writesText(writes: number, irreversible: number): string {
  const text = counted(writes, 'write');
  return irreversible > 0 ? `${text} (${countText(irreversible)} irreversible)` : text;
}
