import type { Quarantine } from '../model/plan.ts';
import type { RowResult } from '../model/run.ts';
import { countText } from './figures.ts';

/** How long a task is in quarantine, who mends it and why, in words of the suite. */
export function quarantineText({ until, owner, reason }: Quarantine): string {
  return `until ${until}, owner ${owner}${reason === undefined ? '' : `: ${reason}`}`;
}

/** How the trials of a row went, in words. */
export function wentText({ trials, passed, errored, skipped }: RowResult): string {
  const parts = [
    `${countText(passed)} of ${countText(trials)} ${trials === 1 ? 'trial' : 'trials'} passed`,
  ];
  if (errored > 0) parts.push(`${countText(errored)} in error`);
  if (skipped > 0) parts.push(`${countText(skipped)} skipped`);
  return parts.join(', ');
}
