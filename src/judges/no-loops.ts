import * as z from 'zod';
import { callAndResultKey } from '../match/call-key.ts';
import type { Call } from '../match/calls.ts';
import { ordinal } from '../match/ordinal.ts';
import { showCall } from '../match/show.ts';
import type { View } from '../match/view.ts';
import { wildcard } from '../match/wildcard.ts';
import type { HandoffStep } from '../model/trajectory.ts';
import type { Outcome } from '../model/verdict.ts';
import { failed, type JudgeKind, passed } from './judge.ts';
import { objectOr } from './one-or-list.ts';
import { patternsUnder } from './parts-of.ts';

const Loops = z.strictObject({
  repeats: z
    .int()
    .positive()
    .optional()
    .describe('Equal calls with equal results that are allowed; 3 unless given'),
  poll: z.array(z.string()).optional().describe('Tools that may be asked again and again'),
});

/** How often a cycle is run through when it counts as one. */
const ROUNDS = 3;

/** No call is repeated without news, and no cycle of calls or hand-overs goes round and round. */
export const noLoops: JudgeKind = {
  key: 'no_loops',
  kind: 'rule',
  words: 'No call repeated with the same result, no cycle of calls or hand-overs',
  schema: objectOr(Loops, z.literal(true)),
  patterns: (value) => patternsUnder(value, 'poll'),
  prepare: (value) => {
    const { repeats = 3, poll = [] } = value === true ? {} : (value as z.infer<typeof Loops>); // validated
    const polled = poll.map(wildcard);
    const judge = (view: View): Outcome => {
      const calls = view.calls.filter((call) => !polled.some((is) => is(call.tool)));
      return repeated(calls, repeats) ?? cycled(calls) ?? pingPong(view) ?? passed('No loop');
    };
    return [{ suffix: [], needsCalls: true, judge }];
  },
};

function repeated(calls: readonly Call[], most: number): Outcome | null {
  const byKey = new Map<string, Call[]>();
  for (const call of calls) {
    const key = callAndResultKey(call);
    const same = byKey.get(key) ?? [];
    same.push(call);
    byKey.set(key, same);
    if (same.length > most) {
      const shown = showCall(call.tool, call.args);
      const steps = same.map((one) => one.step);
      return failed(
        `Step ${call.step} calls ${shown} for the ${ordinal(same.length)} time with the same result`,
        steps,
      );
    }
  }
  return null;
}

function cycled(calls: readonly Call[]): Outcome | null {
  const found = cycleIn(calls.map(callAndResultKey), [2, 3, 4]);
  if (!found) return null;
  const members = calls.slice(found.start, found.start + found.length * ROUNDS);
  const names = members.slice(0, found.length).map((call) => call.tool);
  const steps = members.map((call) => call.step);
  return failed(
    `The calls ${names.join(', ')} go round ${ROUNDS} times from step ${steps[0]}`,
    steps,
  );
}

function pingPong({ steps }: View): Outcome | null {
  const handoffs = steps.flatMap(
    (step, index) => (step.type === 'handoff' ? [{ index, ...(step as HandoffStep) }] : []), // the tag says so
  );
  const found = cycleIn(
    handoffs.map(({ from, to }) => JSON.stringify([from, to])),
    [2],
  );
  const first = found && handoffs[found.start];
  if (!found || !first) return null;
  const evidence = handoffs.slice(found.start, found.start + 2 * ROUNDS).map(({ index }) => index);
  return failed(
    `${first.from} and ${first.to} hand over to each other ${ROUNDS} times from step ${first.index}`,
    evidence,
  );
}

/** The first run of `ROUNDS` rounds of a cycle that is not one call alone: lengths are tried in turn, in one pass each. */
function cycleIn(
  keys: readonly string[],
  lengths: readonly number[],
): { start: number; length: number } | null {
  for (const length of lengths) {
    let run = 0;
    for (let at = length; at < keys.length; at++) {
      run = keys[at] === keys[at - length] ? run + 1 : 0;
      if (run < length * (ROUNDS - 1)) continue;
      const start = at - length * ROUNDS + 1;
      if (new Set(keys.slice(start, start + length)).size > 1) return { start, length };
    }
  }
  return null;
}
