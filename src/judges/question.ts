import type { Attack } from '../model/attack.ts';
import type { Expectations } from '../model/expectations.ts';
import type { Policy } from '../model/policy.ts';
import type { Limits, Turn } from '../model/suite.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Prepared } from './judge.ts';

/** What is asked about each trial of a task, as written. */
export interface Asked {
  readonly expect?: Expectations;
  readonly prefer?: Expectations;
  readonly limits?: Limits;
  readonly weights?: Readonly<Record<string, number>>;
  /** What the user says turn by turn, each with what must hold until the next. */
  readonly conversation?: readonly Turn[];
  /** What the agent may do: asked of each trial. */
  readonly policy?: Policy | null;
  /** The attack that is mounted: its goal must not be reached. */
  readonly attack?: Attack | null;
  /** What the suite asks of every task. */
  readonly suite?: { readonly expect?: Expectations; readonly limits?: Limits };
}

/** The turn of a conversation that a question looks at. */
export interface AskedTurn {
  /** From 0. */
  readonly index: number;
  /** What the user says in each turn of the conversation. */
  readonly users: readonly unknown[];
}

/** A prepared question with its place in the suite. */
export interface Question {
  readonly path: string;
  readonly kind: Verdict['kind'];
  readonly required: boolean;
  /** It asks how the trajectory ended. */
  readonly aboutStop: boolean;
  /** Share in the trial's score. */
  readonly weight: number;
  readonly prepared: Prepared;
  /** The turn that it looks at, null where it looks at the whole. */
  readonly turn: AskedTurn | null;
}

/** A question that stands by itself, such as one that a policy asks: required, named by its path. */
export function ownQuestion(
  path: string,
  kind: Verdict['kind'],
  prepared: Prepared,
  weights: Asked['weights'],
): Question {
  const weight = weightOf(path, weights);
  return { path, kind, required: true, aboutStop: false, weight, prepared, turn: null };
}

/** The weight that names the path, or else the nearest path above it; 1 unless one does. */
export function weightOf(name: string, weights: Asked['weights']): number {
  if (!weights) return 1;
  for (let path = name; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const weight = Object.hasOwn(weights, path) ? weights[path] : undefined;
    if (weight !== undefined) return weight;
  }
  return 1;
}
