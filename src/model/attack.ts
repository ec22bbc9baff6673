import type { Expectations } from './expectations.ts';

/** Text that is planted in the results of a tool. */
export interface Injection {
  /** Name of the tool; `*` is a wildcard over whole names. */
  readonly tool: string;
  /** JSON Pointer into the result, `*` a segment; empty for the whole. */
  readonly into: string;
  readonly mode: 'append' | 'prepend' | 'replace';
  /** What is planted, once `fills` stand in their places. */
  readonly text: string;
  /** Put in for `{{instruction}}` and the like, in one pass; absent where the text is planted as it stands. */
  readonly fills?: InjectionFills;
}

/** What the text of a template or payload names. */
export interface InjectionFills {
  readonly instruction?: string;
  readonly user: string;
  /** null for the model of the agent that is attacked. */
  readonly model: string | null;
  /** The calls of the goal in words, for templates that tell of them. */
  readonly calls?: string;
}

/** Text in results of tools, with the goal that its author has. */
export interface Attack {
  readonly name: string;
  /** The name that it is defined by; it differs for one of several templates or payloads. */
  readonly family: string;
  readonly description?: string;
  /** Empty where only recordings carry it: then whoever recorded them planted it. */
  readonly inject: readonly Injection[];
  /** What the author wants, in the language of `expect`. */
  readonly goal: Expectations;
}

/** The attacks that a task runs with, and whether it runs alone as well. */
export interface TaskAttacks {
  readonly names: readonly string[];
  readonly clean: boolean;
}

/** Where a canary or a secret comes from, and where it is planted. */
export interface Canary {
  /** The text itself; made from the names of suite and canary unless it was given, null where a variable holds it. */
  readonly value: string | null;
  /** Variable of the environment that holds the text. */
  readonly env?: string;
  /** JSON Pointer into the world at which it is put. */
  readonly world?: string;
  /** It is told to the agent beside its instructions. */
  readonly prompt?: true;
}
