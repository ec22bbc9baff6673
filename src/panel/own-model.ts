import type { ModelStep, Step } from '../model/trajectory.ts';

/** Which of a judge's models an agent ran on, as its steps name it; null where none is known. A provider before a slash, a date and `latest` make no difference; the model of a simulated user is not the agent's. */
export function ownModel(steps: readonly Step[], models: readonly string[]): string | null {
  const own = new Set(models.map(bareName));
  for (const step of steps) {
    if (step.type !== 'model') continue;
    const { model, actor } = step as ModelStep; // its tag says so
    if (typeof model === 'string' && actor !== 'user' && own.has(bareName(model))) return model;
  }
  return null;
}

const VERSION = /[-@:](?:\d{4}-\d{2}-\d{2}|\d{8}|latest)$/;

function bareName(model: string): string {
  return model
    .slice(model.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(VERSION, '');
}
