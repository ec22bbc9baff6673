import type { TaskChange } from '../src/model/task-change.ts';
import {
  BLOCKS,
  type ListedTrial,
  type PagePair,
  type PageReport,
  type PageRow,
  STATUSES,
  type TrialDetail,
} from '../src/report/html/payload.ts';
import { readBlock } from './read-block.ts';

/** A trial in the list. */
export interface Trial {
  readonly index: number;
  readonly id: string;
  readonly row: PageRow;
  readonly trial: number;
  readonly status: (typeof STATUSES)[number];
  readonly score: number | null;
  readonly cost: number | null;
  readonly ms: number | null;
  readonly calls: number | null;
  readonly tokens: number | null;
  readonly violated: boolean;
  readonly changed: boolean;
  readonly words: string;
}

/** All that the page holds; details are parsed when they are asked for. */
export interface Page {
  readonly report: PageReport;
  readonly rows: readonly PageRow[];
  readonly trials: readonly Trial[];
  readonly changes: readonly TaskChange[];
  /** Unchanged tasks that are not listed. */
  readonly unlisted: number;
}

const EMPTY: PageReport = { title: 'agentops', run: null, comparison: null };

/** Reads the lists of the page. */
export function openPage(): Page {
  const report = readBlock<PageReport>(BLOCKS.report) ?? EMPTY;
  const rows = readBlock<PageRow[]>(BLOCKS.rows) ?? [];
  const listed = readBlock<ListedTrial[]>(BLOCKS.trials) ?? [];
  const changes = readBlock<{ list: TaskChange[]; left: number }>(BLOCKS.changes);
  const changed = changedRows(changes?.list ?? []);
  return {
    report,
    rows,
    trials: listed.flatMap((tuple, index) => trialOf(tuple, index, rows, changed)),
    changes: changes?.list ?? [],
    unlisted: changes?.left ?? 0,
  };
}

function trialOf(
  [id, at, trial, status, score, cost, ms, calls, tokens, violated, words = '']: ListedTrial,
  index: number,
  rows: readonly PageRow[],
  changed: ReadonlySet<string>,
): Trial[] {
  const row = rows[at];
  if (!row) return [];
  const figures = { score, cost, ms, calls, tokens, words, violated: violated === 1 };
  const status_ = STATUSES[status] ?? 'error';
  const isChanged = changed.size > 0 && changed.has(keyOf(row));
  return [{ index, id, row, trial, status: status_, ...figures, changed: isChanged }];
}

function changedRows(changes: readonly TaskChange[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { change, suite, task, attack, agent } of changes) {
    if (change !== 'same' && agent.head !== null) {
      keys.add(keyOf({ suite, task, attack, agent: agent.head }));
    }
  }
  return keys;
}

function keyOf({ suite, task, attack, agent }: Omit<RowName, 'status'>): string {
  return JSON.stringify([suite, task, attack, agent]);
}

type RowName = Pick<PageRow, 'suite' | 'task' | 'attack' | 'agent'>;

/** The trial that an id or the beginning of one means. */
export function findTrial({ trials }: Page, id: string): Trial | undefined {
  if (id === '') return undefined;
  return trials.find((trial) => trial.id.startsWith(id) || id.startsWith(trial.id));
}

/** The details of a trial; null where the page does not hold them. */
export function trialDetail(trial: Trial): TrialDetail | null {
  return readBlock<TrialDetail>(BLOCKS.trial + trial.index);
}

/** The two trials of a change; null where the page does not hold them. */
export function changePair(index: number): PagePair | null {
  return readBlock<PagePair>(BLOCKS.pair + index);
}
