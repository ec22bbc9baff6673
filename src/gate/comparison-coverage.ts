import type { DiffSummary, SideFacts } from '../model/diff.ts';
import type { Part } from './asked-rule.ts';
import { manyOf, rowsText, rowText } from './comparison-words.ts';

/** What keeps a comparison from passing whatever its rules say: tasks, trials or an end that head lacks. */
export function coverageParts(summary: DiffSummary): Part[] {
  const { counts, base, head } = summary;
  const errors = [
    unfinished(head, 'This run'),
    unfinished(base, 'The baseline'),
    ...(counts.compared === 0
      ? ['Nothing could be compared: no task is in both runs as it was']
      : []),
    ...(counts.missing > 0 ? [missingWords(summary)] : []),
    ...(counts.newly_skipped > 0 ? [skippedWords(counts.newly_skipped)] : []),
    ...(counts.lost > 0 ? [lostWords(counts.lost)] : []),
    ...(counts.smaller > 0 ? [smallerWords(summary)] : []),
  ].flatMap((reason) => reason ?? []);
  const open = [
    ...(counts.edited_worse > 0 ? [editedWords(counts.edited_worse)] : []),
    ...(counts.undecided > 0 ? [undecidedWords(counts.undecided)] : []),
  ];
  return [
    ...errors.map((reason) => ({ status: 'error', gravity: 'coverage', reason }) as const),
    ...open.map((reason) => ({ status: 'inconclusive', gravity: 'inconclusive', reason }) as const),
  ];
}

function unfinished({ status, run }: SideFacts, name: string): string | null {
  if (status === 'completed') return null;
  const words = status === 'interrupted' ? 'was interrupted' : 'did not finish';
  return `${name} (${run}) ${words}: nobody knows what the rest would have done`;
}

function missingWords({ counts, missing }: DiffSummary): string {
  const names = rowsText(missing, counts.missing);
  return `${manyOf(counts.missing, 'task')} of the baseline ${isOrAre(counts.missing)} missing from this run${names}`;
}

function skippedWords(count: number): string {
  return `${manyOf(count, 'task')} that the baseline decided ${isOrAre(count)} skipped in this run`;
}

function lostWords(lost: number): string {
  return `${manyOf(lost, 'trial')} ended in error or ${lost === 1 ? 'was' : 'were'} skipped, in tasks that the baseline decided`;
}

function smallerWords({ counts, smaller }: DiffSummary): string {
  const [first] = smaller;
  const example = first
    ? `, such as ${rowText(first)} with ${first.head} instead of ${first.base}`
    : '';
  return `${manyOf(counts.smaller, 'task')} ${counts.smaller === 1 ? 'has' : 'have'} fewer decided trials than in the baseline${example}`;
}

function editedWords(count: number): string {
  return `${manyOf(count, 'task')} passed before, ${count === 1 ? 'was' : 'were'} edited since, and ${count === 1 ? 'does' : 'do'} not pass now: the agent or the edit may be why`;
}

function undecidedWords(count: number): string {
  return `${manyOf(count, 'task')} had no decided trial in one of the runs: nothing is known of ${count === 1 ? 'it' : 'them'}`;
}

function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}
