import type { Plan } from '../model/plan.ts';
import type { Redactor } from './redact.ts';

/** The plan as JSON with a row a line: 100,000 trials never stand in one text. */
export function* planText(plan: Plan, secret: Redactor | null): Generator<string> {
  const text = (value: unknown) => {
    const json = JSON.stringify(value);
    return secret === null ? json : secret.record(json);
  };
  const { rows, ...head } = plan;
  yield `${text(head).slice(0, -1)},"rows":[`;
  let separator = '\n';
  for (const row of rows) {
    yield separator + text(row);
    separator = ',\n';
  }
  yield '\n]}\n';
}
