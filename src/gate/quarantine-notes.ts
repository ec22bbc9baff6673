import type { RowResult } from '../model/run.ts';

const MOST_NAMED = 5;

/** What a gate says of rows in quarantine: which tasks left the count, and where a violation cannot be ruled out, which fails nothing there. */
export function quarantineNotes(rows: readonly RowResult[], name: string): string[] {
  const away = rows.filter(({ quarantine }) => quarantine !== undefined);
  if (away.length === 0) return [];
  const unsure = away.filter((row) => row.unsure !== undefined);
  const doubt = unsure.length > 0 ? `; a violation cannot be ruled out in ${namesOf(unsure)}` : '';
  return [`${name}In quarantine, outside the count: ${namesOf(away)}${doubt}`];
}

function namesOf(rows: readonly RowResult[]): string {
  const names = [...new Set(rows.map(({ task }) => `"${task}"`))];
  const left = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(', ') + (left > 0 ? ` and ${left} more` : '');
}
