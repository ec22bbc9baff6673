import { actorOf } from '../match/actor-usage.ts';
import { isOfUser } from '../match/of-user.ts';
import { cut } from '../match/show.ts';
import { ABSENT } from '../match/tri.ts';
import { isActing } from '../match/usage.ts';
import type { View } from '../match/view.ts';
import type { HandoffStep, Step } from '../model/trajectory.ts';
import type { Outcome } from '../model/verdict.ts';
import { failed, passed, undecided } from './judge.ts';

/** Who hands over in a step, and to whom; null where it is no hand-over. */
function handoffIn(step: Step): HandoffStep | null {
  return step.type === 'handoff' ? (step as HandoffStep) : null; // the tag says so
}

function shown(actor: string): string {
  return cut(actor, 80);
}

/** An actor of a chain, with the step that gave it control, null where none did. */
interface Link {
  readonly actor: string;
  readonly step: number | null;
}

/** Holds where no chain of hand-overs is longer than `most`: counted from who has control when the user speaks, and shortened where control comes back to one of the chain. */
export function isShallow(most: number, { steps }: View): Outcome {
  const chain = controlChain();
  let deepest = 0;
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] as Step; // index < length
    if (isOfUser(step)) chain.restart();
    const handoff = handoffIn(step);
    if (!handoff) continue;
    chain.pass(handoff, index);
    deepest = Math.max(deepest, chain.links.length - 1);
    if (deepest <= most) continue;
    const names = cut(chain.links.map(({ actor }) => shown(actor)).join(' → '), 300);
    const words = `Step ${index} makes a chain of ${deepest} hand-overs (${names}), at most ${most}`;
    return failed(
      words,
      chain.links.flatMap(({ step: at }) => at ?? []),
    );
  }
  return passed(`The longest chain is of ${deepest} hand-overs`);
}

function controlChain() {
  let links: Link[] = [];
  const places = new Map<string, number>();
  const reach = (actor: string, step: number | null) => {
    const place = places.get(actor);
    if (place === undefined) {
      places.set(actor, links.length);
      links.push({ actor, step });
    } else {
      for (const { actor: left } of links.splice(place + 1)) places.delete(left);
    }
  };
  return {
    get links(): readonly Link[] {
      return links;
    },
    pass: ({ from, to }: HandoffStep, index: number) => {
      reach(from, null);
      reach(to, index);
    },
    restart: () => {
      const last = links.at(-1);
      links = [];
      places.clear();
      if (last) reach(last.actor, null);
    },
  };
}

/** Holds where nobody who handed over acts until control comes back to them, or the user speaks. */
export function isYielding({ steps }: View): Outcome {
  /** Steps in which those without control gave it away. */
  const gone = new Map<string, number>();
  const untold: number[] = [];
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] as Step; // index < length
    if (isOfUser(step)) gone.clear();
    const handoff = handoffIn(step);
    const actor = handoff?.from ?? (isActing(step) ? actorOf(step) : null);
    const gave = actor === null ? undefined : gone.get(actor);
    if (actor !== null && gave !== undefined) {
      const words = `Step ${index} is by ${shown(actor)}, who handed over in step ${gave} and has no control`;
      return failed(words, [gave, index]);
    }
    if (handoff) {
      gone.set(handoff.from, index);
      gone.delete(handoff.to);
    } else if (step.type === 'tool_call' && actor === null && gone.size > 0 && isActing(step)) {
      untold.push(index);
    }
  }
  const [first] = untold;
  if (first === undefined) return passed('Nobody acts without control');
  return undecided(`Step ${first} calls a tool, and does not tell who does so`, untold);
}

/** Holds where the final answer is by who has control in the end. */
export function isAnsweredByLast(view: View): Outcome {
  const answer = view.answer();
  if (answer === ABSENT) return failed('There is no final answer');
  const last = view.steps.findLast((step) => step.type === 'handoff');
  const holder = last ? (handoffIn(last)?.to ?? null) : null;
  if (holder === null) return passed('Nobody handed over', [answer.step]);
  const actor = actorOf(view.steps[answer.step] as Step); // where the answer stands
  if (actor === null) {
    return undecided(`Step ${answer.step} does not tell who gives the final answer`, [answer.step]);
  }
  return actor === holder
    ? passed(`${shown(actor)} has control and answers`, [answer.step])
    : failed(`${shown(actor)} answers, ${shown(holder)} has control`, [answer.step]);
}
