import type { TaskChange } from '../src/model/task-change.ts';

/** Words of a change, and the status whose colour it takes. */
export const CHANGES = {
  regressed: { words: 'regressed', sign: '↓', as: 'fail' },
  missing: { words: 'missing', sign: '∅', as: 'error' },
  undecided: { words: 'undecided', sign: '!', as: 'error' },
  flaky: { words: 'flaky', sign: '~', as: 'error' },
  fixed: { words: 'fixed', sign: '↑', as: 'pass' },
  new: { words: 'new', sign: '+', as: 'skip' },
  same: { words: 'same', sign: '=', as: 'skip' },
} satisfies Record<TaskChange['change'], { words: string; sign: string; as: string }>;

/** What else must be known of a changed task, in single words. */
export function changeTags({ edited, compared, shown, quarantine, skip }: TaskChange): string[] {
  return [
    ...(edited === true ? ['edited'] : []),
    ...(shown ? ['holds after Holm'] : []),
    ...(quarantine ? ['quarantined'] : []),
    ...(skip === undefined ? [] : ['skipped']),
    ...(compared ? [] : ['not in the figures']),
  ];
}

/** Name of the agent on both sides: one where they are the same. */
export function agentPair({ base, head }: TaskChange['agent']): string {
  return base === head ? (base ?? '') : [base ?? '–', head ?? '–'].join(' → ');
}
