import { isOfUser } from '../match/of-user.ts';
import { textOf, type View } from '../match/view.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import type { Tools } from '../model/tool.ts';
import type { MessageStep, Step } from '../model/trajectory.ts';
import { withoutTold } from '../safety/flow/canary-texts.ts';
import { DataLines, textOfValue } from './data-lines.ts';
import { encodeLines } from './encode-lines.ts';
import { seenSteps } from './seen-steps.ts';
import type { Shown } from './shown.ts';
import { stepFields } from './step-fields.ts';
import { stepsUpTo } from './steps-up-to.ts';

/** What is judged beside the view itself. */
export interface ShownAbout {
  /** The step of the call that is judged, null where all is. */
  readonly step: number | null;
  readonly redact: (text: string) => string;
}

/** What a judge is shown of a trajectory, or of a turn and all before it; encoded once it is asked for, as nothing of a recorded answer is. Throws `input_fault` where it is longer than its budget. */
export function shownOf(view: View, spec: JudgeSpec, about: ShownAbout): Shown {
  const data = dataOf(view, spec, about);
  let made: ReturnType<typeof encodeLines> | null = null;
  const encoded = () => {
    made ??= encodeLines(data.lines);
    return made;
  };
  return {
    digest: data.digest(),
    steps: data.steps,
    get lines() {
      return encoded().lines;
    },
    get flags() {
      return encoded().flags;
    },
  };
}

function dataOf(view: View, spec: JudgeSpec, about: ShownAbout): DataLines {
  const data = new DataLines(spec, about.redact);
  const { whole } = view;
  const upTo = stepsUpTo(view, about.step);
  if (spec.each || (spec.sees !== 'answer' && spec.sees !== 'conversation')) {
    addTools(whole.tools, data);
  }
  addInput(whole, upTo.end, data);
  if (view !== whole) data.add('turn', { turn: turnOf(view) });
  const { indexes, leftOut } = seenSteps(spec.sees, upTo);
  for (const index of indexes) {
    const step = whole.steps[index] as Step; // an index of a step
    data.addStep(index, stepFields(step, index, upTo, data));
  }
  if (leftOut > 0) data.add('steps', { left_out: leftOut });
  if (!upTo.judged && upTo.answer === null) data.add('answer', { final_answer: null });
  return data;
}

/** First and last step of a turn: what came before it is not among its own. */
function turnOf({ steps }: View): [number, number] {
  const first = steps.findIndex(({ type }) => type !== 'x-earlier-turn');
  return [Math.max(0, first), steps.length - 1];
}

/** What the task asks for, where no message of the user says the same. */
function addInput({ input, steps }: View, end: number, data: DataLines): void {
  if (input === undefined) return;
  const asked = textOfValue(input);
  for (let index = 0; index < end; index++) {
    const step = steps[index] as Step; // index < end
    if (!isOfUser(step)) continue;
    const { content } = step as MessageStep; // a user message
    if (withoutTold(textOf(content)).trim() === asked.trim()) return;
  }
  data.add('what was asked', { asked });
}

function addTools(tools: Tools | null, data: DataLines): void {
  for (const [tool, { description, effect, input }] of Object.entries(tools ?? {})) {
    data.add('a declared tool', {
      tool,
      description,
      effect,
      input: input === undefined ? undefined : textOfValue(input),
    });
  }
}
