import type { Verdict } from '../src/model/verdict.ts';

/** What judges say of one step. */
export interface StepNote {
  readonly verdict: Verdict;
  /** The words, at the first step that the verdict points at; empty at further ones. */
  readonly reason: string;
}

/** Notes by the index of their step: what failed or could not be decided, and what LLM judges say. */
export function notesByStep(verdicts: readonly Verdict[]): ReadonlyMap<number, StepNote[]> {
  const notes = new Map<number, StepNote[]>();
  const note = (step: number, verdict: Verdict, reason: string) => {
    const list = notes.get(step);
    if (list) list.push({ verdict, reason });
    else notes.set(step, [{ verdict, reason }]);
  };
  for (const verdict of verdicts) {
    if (verdict.status === 'pass' && verdict.kind !== 'judge') continue;
    for (const [at, step] of [...new Set(verdict.evidence)].entries()) {
      note(step, verdict, at === 0 ? verdict.reason : '');
    }
  }
  return notes;
}
