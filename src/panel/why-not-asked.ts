import type { View } from '../match/view.ts';
import type { JudgeMode, JudgeSpec, Wanted } from '../model/llm-judge.ts';
import { answerForm } from './answer-form.ts';
import { plainWanted } from './holds-for.ts';
import { ownModel } from './own-model.ts';

/** Why a judge is not asked about a trial at all, null where nothing speaks against it. */
export function whyNotAsked(
  spec: JudgeSpec,
  view: View,
  { mode, wanted }: { readonly mode: JudgeMode; readonly wanted: Wanted },
): string | null {
  if (mode === 'off') return 'Not asked (--judge off)';
  if (view.fault !== null) return view.fault;
  const { at_least, at_most, is } = plainWanted(wanted, answerForm(spec));
  const isBare = spec.scale ? at_least === undefined && at_most === undefined : !is;
  if (isBare) return `Nothing is wanted of ${spec.name}`;
  return ownModelWords(spec, view);
}

/** Why a judge may not judge an agent that runs on one of its models; null where it may, or none does. */
export function ownModelWords(spec: JudgeSpec, view: View): string | null {
  if (spec.mayJudgeItself) return null;
  const own = ownModel(view.whole.steps, spec.models);
  if (own === null) return null;
  return `${spec.name} is not asked: the agent ran on ${own}, and no model judges itself unless the judge has may_judge_itself`;
}
