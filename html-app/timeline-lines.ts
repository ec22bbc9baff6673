import type { ModelStep, Step } from '../src/model/trajectory.ts';
import { counted, countText, moneyText } from '../src/report/figures.ts';

/** A line of the timeline: one step, or exchanges with a model that follow each other, folded. */
export type TimelineLine =
  | { readonly step: Step; readonly index: number }
  | { readonly models: readonly ModelStep[]; readonly index: number };

/** The lines of a timeline. Steps that judges point at are not folded. */
export function timelineLines(
  steps: readonly Step[],
  isNoted: (index: number) => boolean,
): TimelineLine[] {
  const lines: TimelineLine[] = [];
  let models: ModelStep[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.type !== 'model' || isNoted(index)) {
      models = [];
      lines.push({ step, index });
      continue;
    }
    if (models.length === 0) lines.push({ models, index });
    models.push(step as ModelStep); // its tag says so
  }
  return lines;
}

/** Index of the line that holds a step. */
export function lineOf(lines: readonly TimelineLine[], step: number): number {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.index ?? 0) <= step) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Exchanges with models in one line: how many, their models, tokens and cost. */
export function modelWords(models: readonly ModelStep[]): string {
  const names = [...new Set(models.flatMap(({ model }) => model ?? []))].slice(0, 3).join(', ');
  const sum = (figure: (step: ModelStep) => number | null | undefined) =>
    models.reduce((all, step) => all + (figure(step) ?? 0), 0);
  const read = sum(({ usage }) => usage?.input_tokens);
  const wrote = sum(({ usage }) => usage?.output_tokens);
  const cost = sum(({ cost_usd }) => cost_usd);
  return [
    models.length === 1 ? 'Model' : counted(models.length, 'model exchange'),
    ...(names === '' ? [] : [names]),
    ...(read + wrote === 0 ? [] : [`${countText(read)} tokens in, ${countText(wrote)} out`]),
    ...(cost === 0 ? [] : [moneyText(cost)]),
  ].join(' · ');
}
