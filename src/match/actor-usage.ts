import type { MessageStep, Step } from '../model/trajectory.ts';
import { isActing, type Usage, type UsageMeter, usageMeter } from './usage.ts';

/** What single actors used. */
export interface ActorUsage {
  add(step: Step): void;
  /** Sums of an actor; of null, those that no actor is named for. */
  read(actor: string | null): Usage;
}

/** Ends the run of who acted last. */
const BREAK: MessageStep = { type: 'message', role: 'user', content: null };

/** Adds steps up by who took them, for the actors that are asked for; takes the same time for each step however many they are. */
export function actorUsage(actors: Iterable<string>): ActorUsage {
  const meters = new Map<string | null, UsageMeter>([[null, usageMeter()]]);
  for (const actor of actors) meters.set(actor, usageMeter());
  let acting: UsageMeter | undefined;
  return {
    add: (step) => {
      if (step.type.startsWith('x-')) return;
      const meter = meters.get(actorOf(step));
      if (step.type === 'model') meter?.add(step);
      else {
        const next = isActing(step) ? meter : undefined;
        if (acting !== next) acting?.add(BREAK);
        next?.add(step);
        acting = next;
      }
    },
    read: (actor) => (meters.get(actor) ?? usageMeter()).read(),
  };
}

/** Who took a step, null where that is not told. */
export function actorOf(step: Step): string | null {
  return typeof step['actor'] === 'string' ? step['actor'] : null;
}
