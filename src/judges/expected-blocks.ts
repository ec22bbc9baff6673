import type { Call } from '../match/calls.ts';
import { matchesSome } from '../match/select.ts';
import type { View } from '../match/view.ts';
import { asAsked } from '../safety/policy/as-asked.ts';
import { GRANTS, soundPatterns } from '../safety/policy/sound-patterns.ts';
import type { Asked } from './question.ts';

/** Tells whether `expect.blocked` of the task or of the suite names a call: it grants, so unknown reads as no. */
export function expectedBlocks({ expect, suite }: Asked): (call: Call, view: View) => boolean {
  const written = [expect?.['blocked'], suite?.expect?.['blocked']].flatMap(
    (value) => (Array.isArray(value) ? (value as unknown[]) : []), // a list of anything
  );
  const patterns = soundPatterns(written, GRANTS);
  return (call, view) => patterns.length > 0 && matchesSome(patterns, asAsked(call), view, 'no');
}
