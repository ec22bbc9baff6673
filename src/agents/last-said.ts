import type { MessageStep, Step } from '../model/trajectory.ts';

/** The text that the agent said last, if nothing but model steps came after it; null otherwise. */
export function lastSaid(steps: readonly Step[]): string | null {
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at];
    if (step === undefined || step.type === 'model' || step.type.startsWith('x-')) continue;
    if (step.type !== 'message') return null;
    const { role, content } = step as MessageStep; // the tag says so
    return role === 'assistant' && typeof content === 'string' ? content : null;
  }
  return null;
}
