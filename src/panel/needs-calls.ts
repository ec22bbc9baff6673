import type { JudgeSpec } from '../model/llm-judge.ts';

/** Whether a judge is shown calls, so that it cannot judge a trial whose calls nobody watched. */
export function needsCalls({ sees, each }: Pick<JudgeSpec, 'sees' | 'each'>): boolean {
  if (each !== null) return true;
  if (typeof sees === 'string') return sees === 'trajectory';
  const { types } = sees.steps;
  return types === undefined || types.some((type) => type.startsWith('tool_'));
}
