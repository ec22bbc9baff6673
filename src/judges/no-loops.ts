import * as z from 'zod';
import { isOfUser } from '../match/of-user.ts';
import type { View } from '../match/view.ts';
import type { HandoffStep } from '../model/trajectory.ts';
import type { Outcome } from '../model/verdict.ts';
import {
  LOOP_SIGNALS,
  type Loop,
  type LoopRule,
  type LoopSignal,
  loopWatch,
} from '../safety/loops/loop-watch.ts';
import { failed, type JudgeKind, passed } from './judge.ts';
import { objectOr } from './one-or-list.ts';
import { patternsUnder } from './parts-of.ts';

const most = (words: string) => z.int().positive().optional().describe(words);

const Loops = z.strictObject({
  repeats: most('Equal calls with equal results that are allowed; 3 unless given'),
  errors: most('Failing answers in a row, of one tool or of any, that are allowed; 5 unless given'),
  stalled: most('Calls in a row of which nothing new came that are allowed; 12 unless given'),
  poll: z.array(z.string()).optional().describe('Tools that may be asked again and again'),
});

/** No call is repeated without news, nothing fails or stalls on and on, and no cycle of calls or hand-overs goes round and round. */
export const noLoops: JudgeKind = {
  key: 'no_loops',
  kind: 'rule',
  words: 'No call repeated with the same result, no storm of errors, no standstill, no cycle',
  schema: objectOr(Loops, z.literal(true)),
  patterns: (value) => patternsUnder(value, 'poll'),
  prepare: (value) => {
    const rule = value === true ? {} : (value as LoopRule); // validated
    const judge = (view: View): Outcome => {
      const loop = loopIn(view, rule);
      return loop ? failed(loop.reason, loop.steps) : passed('No loop');
    };
    return [{ suffix: [], needsCalls: true, judge }];
  },
};

/** The loop of a trajectory that says best what went wrong: calls are taken in the order in which they were made. */
function loopIn({ steps, calls, tools }: View, rule: LoopRule): Loop | null {
  const watch = loopWatch(rule, tools);
  const found = new Map<LoopSignal, Loop>();
  let next = 0;
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index];
    const call = calls[next];
    let loop: Loop | null = null;
    if (call?.step === index) {
      next++;
      loop = watch.call(call);
    } else if (step?.type === 'handoff') {
      const { from, to } = step as HandoffStep; // the tag says so
      loop = watch.handoff({ from, to, step: index });
    } else if (step && isOfUser(step)) watch.heard();
    if (loop) found.set(loop.signal, loop);
    if (loop?.signal === 'repeats') break;
  }
  return LOOP_SIGNALS.flatMap((signal) => found.get(signal) ?? [])[0] ?? null;
}
