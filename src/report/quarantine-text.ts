import type { Quarantine } from '../model/plan.ts';

/** A quarantine in words that are not encoded yet: until when, who mends it, and why. */
export function quarantineText({ until, owner, reason }: Quarantine): string {
  return `until ${until}, owner ${owner}${reason ? `: ${reason}` : ''}`;
}
