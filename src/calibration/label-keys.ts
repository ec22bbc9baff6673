import type { Label } from '../model/label.ts';

/** What of a label or a trial names the item that is meant. */
export type Item = Pick<Label, 'suite' | 'task' | 'agent' | 'attack' | 'trial' | 'step'>;

/** Names an item, so that labels, verdicts and trials of one item have one key. */
export function itemKey({ suite, task, agent, attack, trial, step }: Item): string {
  return JSON.stringify([suite ?? null, task, agent, attack ?? null, trial, step ?? null]);
}
