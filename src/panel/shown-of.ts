import type { View } from '../match/view.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import type { Shown } from './shown.ts';

/** What a judge is shown of a trial, or of one call of it. */
export function shownOf(
  view: View,
  _spec: JudgeSpec,
  { step, redact }: { step: number | null; redact: (text: string) => string },
): Shown {
  const steps = view.steps.map((_, index) => index);
  const lines = view.steps.map((each) => redact(JSON.stringify(each)));
  return { lines: step === null ? lines : [...lines, `"step ${step}"`], steps, flags: [] };
}
