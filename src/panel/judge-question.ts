import type { View } from '../match/view.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import { type AnswerForm, answerForm } from './answer-form.ts';
import { digestOf } from './judge-digests.ts';
import type { AskedAbout } from './judge-exchange.ts';
import { type Asking, PROMPT_VERSION, promptOf } from './prompt-of.ts';
import { redactedSpec } from './redacted-spec.ts';
import type { ChatMessage } from './shown.ts';
import { shownOf } from './shown-of.ts';

/** Something that models are asked, ready to be asked many times. */
export interface JudgeQuestion {
  readonly spec: JudgeSpec;
  readonly form: AnswerForm;
  readonly about: Pick<
    AskedAbout,
    'judge' | 'suite' | 'task' | 'agent' | 'attack' | 'trial' | 'step'
  >;
  /** Steps that an answer may point at. */
  readonly steps: readonly number[];
  /** What looked like an attempt to sway the judge: looked for once it is asked for, as a recorded answer brings it along. */
  readonly flags: readonly string[];
  /** SHA-256 of all that is asked, part by part. */
  readonly parts: Readonly<Record<string, string>>;
  prompt(asking: Asking): ChatMessage[];
}

/** What a question is about. */
export interface QuestionAbout {
  /** The call that is judged, null for the whole. */
  readonly step: number | null;
  /** A right answer to compare with. */
  readonly reference: string | null;
  readonly redact: (text: string) => string;
  /** What the trial goes by in the recording; its task unless given. */
  readonly task?: string;
}

/** The question of a judge about a trial. Throws `input_fault` where there is more of it than the judge may be shown. */
export function judgeQuestion(
  view: View,
  spec: JudgeSpec,
  { step, reference, redact, task = view.trajectory.task }: QuestionAbout,
): JudgeQuestion {
  const form = answerForm(spec);
  const shown = shownOf(view, spec, { step, redact });
  return {
    ...{ spec, form },
    about: { ...aboutOf(spec, view), task, step },
    steps: shown.steps,
    get flags() {
      return shown.flags;
    },
    parts: {
      ...specParts(spec, form),
      reference: referenceDigest(reference),
      shown: shown.digest,
    },
    prompt: (asking) => {
      const told = redactedSpec(spec, redact);
      const right = reference && redact(reference);
      return promptOf({ spec: told, form: answerForm(told), shown, reference: right }, asking);
    },
  };
}

/** SHA-256 of a right answer; of none it is made once. */
export function referenceDigest(reference: string | null): string {
  return reference === null ? NONE : digestOf(reference);
}

const NONE = digestOf(null);

/** Whose trial a question of a judge is about. */
export function aboutOf(spec: JudgeSpec, view: View): Omit<JudgeQuestion['about'], 'step'> {
  const { suite = null, task, agent, attack = null, trial } = view.trajectory;
  return { judge: spec.name, suite, task, agent, attack, trial };
}

const known = new WeakMap<JudgeSpec, Readonly<Record<string, string>>>();

/** The parts that all questions of a judge in one form share. */
function specParts(spec: JudgeSpec, form: AnswerForm): Readonly<Record<string, string>> {
  const found = known.get(spec);
  if (found) return found;
  const parts = partsOf(spec, form);
  known.set(spec, parts);
  return parts;
}

/** SHA-256 of what a judge brings to each question. */
export function partsOf(spec: JudgeSpec, form: AnswerForm): Readonly<Record<string, string>> {
  const { rubric, temperature, sees, each, context, examples } = spec;
  return {
    rubric: digestOf({ text: rubric.text, version: rubric.version }),
    form: digestOf(inOrder(form)),
    settings: digestOf({ temperature, sees, each, prompt: PROMPT_VERSION }),
    context: digestOf({ context, examples }),
  };
}

/** Answers are listed in the order in which they are written. */
function inOrder(form: AnswerForm): unknown {
  return form.kind === 'words' ? Object.entries(form.words) : form;
}
