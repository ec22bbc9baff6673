import type { Expectations, Limits, Turn } from '../model/suite.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Prepared, Setting } from './judge.ts';

/** What is asked about each trial of a task, as written. */
export interface Asked {
  readonly expect?: Expectations;
  readonly prefer?: Expectations;
  readonly limits?: Limits;
  readonly weights?: Readonly<Record<string, number>>;
  /** What the user says turn by turn, each with what must hold until the next. */
  readonly conversation?: readonly Turn[];
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

/** Compiles everything that is asked; that it ended well is asked of every trial. */
export function questionsOf(asked: Asked, setting: Setting): Question[] {
  const required = [
    ...ask('expect', asked.expect, true, asked, setting),
    ...ask('suite.expect', asked.suite?.expect, true, asked, setting),
    ...ask('', asked.limits && { limits: asked.limits }, true, asked, setting),
    ...ask('suite', asked.suite?.limits && { limits: asked.suite.limits }, true, asked, setting),
  ];
  const stops = [asked.expect, asked.suite?.expect].some(
    (one) => one && Object.hasOwn(one, 'stop'),
  );
  const implied = stops ? [] : ask('expect', { stop: 'completed' }, true, asked, setting);
  return [
    ...implied.map((question) => ({ ...question, weight: 0 })),
    ...required,
    ...askTurns(asked, setting),
    ...ask('prefer', asked.prefer, false, asked, setting),
  ];
}

/** What is asked of single turns; the whole path of such a verdict is the name of its weight. */
function askTurns(asked: Asked, setting: Setting): Question[] {
  const turns = asked.conversation ?? [];
  const users = turns.map(({ user }) => user);
  return turns.flatMap(({ expect }, index) => {
    const root = `conversation.${index}.expect`;
    return ask(root, expect, true, asked, setting).map((question) => {
      const weight = weightOf(question.path, asked.weights);
      return { ...question, weight, turn: { index, users } };
    });
  });
}

function ask(
  root: string,
  expectations: Expectations | undefined,
  required: boolean,
  asked: Asked,
  setting: Setting,
): Question[] {
  if (!expectations) return [];
  return setting.judges.flatMap((judge) => {
    if (!Object.hasOwn(expectations, judge.key)) return [];
    return judge.prepare(expectations[judge.key], setting).map((prepared) => {
      const name = [judge.key, ...prepared.suffix].join('.');
      const path = root === '' ? name : `${root}.${name}`;
      const weight = weightOf(name, asked.weights);
      const aboutStop = judge.key === 'stop';
      return { path, kind: judge.kind, required, aboutStop, weight, prepared, turn: null };
    });
  });
}

/** The weight that names the path, or else the nearest path above it; 1 unless one does. */
function weightOf(name: string, weights: Asked['weights']): number {
  if (!weights) return 1;
  for (let path = name; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('.')))) {
    const weight = Object.hasOwn(weights, path) ? weights[path] : undefined;
    if (weight !== undefined) return weight;
  }
  return 1;
}
