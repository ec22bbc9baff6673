import * as z from 'zod';
import { ownValue } from '../json/object.ts';
import { cut } from '../match/show.ts';
import type { View } from '../match/view.ts';
import type { HandoffStep } from '../model/trajectory.ts';
import type { Outcome } from '../model/verdict.ts';
import { mapOf } from '../suite/map-of.ts';
import { unfaulted } from '../suite/unfaulted.ts';
import { isAnsweredByLast, isShallow, isYielding } from './control.ts';
import { allOf, failed, type JudgeKind, passed } from './judge.ts';

const Handoffs = z
  .strictObject({
    exact: z
      .array(z.string())
      .optional()
      .describe('The actors in sequence, the first one included, and no others'),
    in_order: z
      .array(z.string())
      .min(1, 'Give at least one actor: an empty list forbids nothing')
      .optional()
      .describe('These actors in this order; others may stand between'),
    allowed: mapOf(z.array(z.string())).optional().describe('To whom each actor may hand over'),
    depth: z
      .int()
      .nonnegative()
      .optional()
      .describe('The most hand-overs in a chain, from who has control when the user speaks'),
    yields: z
      .literal(true)
      .optional()
      .describe('Who handed over does nothing until control comes back'),
    last_answers: z
      .literal(true)
      .optional()
      .describe('The final answer is by who has control in the end'),
  })
  .refine(
    (rule) => Object.keys(rule).length > 0,
    unfaulted('Give exact, in_order, allowed, depth, yields or last_answers'),
  );
type Handoffs = z.infer<typeof Handoffs>;

/** Hand-overs that the details of a verdict hold. */
const MOST_KEPT = 24;

interface Chain {
  /** Actors in sequence: who gave control first, then everyone who took it. */
  actors: string[];
  handoffs: (HandoffStep & { index: number })[];
  steps: number[];
}

/** Control passes between actors as it should. */
export const handoffs: JudgeKind = {
  key: 'handoffs',
  kind: 'rule',
  words: 'The sequence of actors, who may hand over to whom, how deep, and who acts',
  schema: Handoffs,
  prepare: (value) => {
    const rule = value as Handoffs; // validated
    const judge = (view: View): Outcome => {
      const chain = chainOf(view);
      const found: Outcome[] = [];
      if (rule.exact) found.push(exactly(rule.exact, chain));
      if (rule.in_order) found.push(inOrder(rule.in_order, chain));
      if (rule.allowed) found.push(allowed(rule.allowed, chain));
      if (rule.depth !== undefined) found.push(isShallow(rule.depth, view));
      if (rule.yields) found.push(isYielding(view));
      if (rule.last_answers) found.push(isAnsweredByLast(view));
      const outcome = allOf(found);
      return outcome.status === 'pass' ? outcome : { ...outcome, details: detailsOf(chain) };
    };
    return [{ suffix: [], needsCalls: rule.yields === true, judge }];
  },
};

function chainOf({ steps }: View): Chain {
  const chain: Chain = { actors: [], handoffs: [], steps: [] };
  steps.forEach((step, index) => {
    if (step.type !== 'handoff') return;
    const handoff = { index, ...(step as HandoffStep) }; // the tag says so
    if (chain.actors.at(-1) !== handoff.from) chain.actors.push(handoff.from);
    chain.actors.push(handoff.to);
    chain.handoffs.push(handoff);
    chain.steps.push(index);
  });
  if (chain.actors.length === 0) {
    const first = steps.find(
      (step) => typeof step['actor'] === 'string' && step['actor'] !== 'user',
    );
    if (first) chain.actors.push(String(first['actor']));
  }
  return chain;
}

/** The hand-overs as data, the first of them where they are very many. */
function detailsOf({ handoffs }: Chain): unknown {
  const kept = handoffs.slice(0, MOST_KEPT).map(({ from, to, index }) => ({
    from: cut(from, 80),
    to: cut(to, 80),
    step: index,
  }));
  return { handoffs: kept, omitted: handoffs.length - kept.length };
}

function exactly(wanted: readonly string[], { actors, handoffs, steps }: Chain): Outcome {
  const same = wanted.length === actors.length && wanted.every((name, at) => name === actors[at]);
  const none = wanted.length === 0 && handoffs.length === 0;
  return same || none
    ? passed(shown(actors), steps)
    : failed(`${shown(actors)}, wanted ${list(wanted)}`, steps);
}

function inOrder(wanted: readonly string[], { actors, steps }: Chain): Outcome {
  let met = 0;
  for (const actor of actors) if (actor === wanted[met]) met++;
  if (met === wanted.length) return passed(shown(actors), steps);
  return failed(
    `${shown(actors)}, wanted ${list(wanted)} in this order: ${wanted[met]} is missing`,
    steps,
  );
}

function allowed(rule: Readonly<Record<string, string[]>>, { handoffs }: Chain): Outcome {
  const wrong = handoffs.filter(({ from, to }) => {
    const targets = ownValue(rule, from);
    return !Array.isArray(targets) || !targets.includes(to);
  });
  const [first] = wrong;
  const steps = (first ? wrong : handoffs).map(({ index }) => index);
  if (!first) return passed('Every hand-over is allowed', steps);
  return failed(
    `Step ${first.index} hands over from ${first.from} to ${first.to}, which is not allowed`,
    steps,
  );
}

function shown(actors: readonly string[]): string {
  return actors.length === 0 ? 'Nobody handed over' : `The actors were ${list(actors)}`;
}

function list(actors: readonly string[]): string {
  return actors.length === 0 ? 'nobody' : cut(actors.slice(0, 200).join(' → '), 300);
}
