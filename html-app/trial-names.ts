import type { PageRow } from '../src/report/html/payload.ts';
import { shown } from './shown.ts';

/** Name of a task with the attack it is under; recorded lines may name none. */
export function taskName({ task, attack }: Pick<PageRow, 'task' | 'attack'>): string {
  const name = task === null ? '(no task)' : shown(task);
  return attack === null ? name : `${name} under ${shown(attack)}`;
}
