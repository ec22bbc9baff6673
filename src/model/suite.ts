import type { Attack, Canary, TaskAttacks } from './attack.ts';
import type { Expectations } from './expectations.ts';
import type { JudgeSpec } from './llm-judge.ts';
import type { GateRule, PlanRow, Quarantine } from './plan.ts';
import type { ApprovalRule, Policy } from './policy.ts';
import type { Script } from './script.ts';
import type { Tools } from './tool.ts';

/** Where something is written: file, and line and column from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** Something wrong (or, as a warning, odd) in a file that a user wrote. */
export interface Fault extends Place {
  severity: 'error' | 'warning';
  /** Key path such as `tasks.0.expect.calls`, empty for the whole file. */
  path: string;
  message: string;
  /** The lines around the place with a caret, ready to print. */
  frame?: string;
}

/** State of the world as data; mocks read and change copies of it. */
export type World = Readonly<Record<string, unknown>>;

/** Ceilings as written and validated; those of single actors stand under `actors`, by name. */
export type Limits = Readonly<
  Record<string, number | Readonly<Record<string, Readonly<Record<string, number>>>>>
>;

/** How many trials of a task must pass. */
export type PassRule = PlanRow['pass'];

/** One thing that the user of a scripted conversation says, and what must hold until the next. */
export interface Turn {
  /** Text or data. */
  user: unknown;
  expect: Expectations;
}

/** How an LLM plays the user, as written and validated. */
export interface Simulation {
  model: string;
  goal: string;
  facts?: readonly string[] | Readonly<Record<string, string | number | boolean>>;
  /** When to end the conversation, in words. */
  stop?: string;
  /** How often the user speaks at most. */
  turns?: number;
  opening?: string;
  temperature?: number;
  /** Absolute path of the recorded exchanges; it need not be there yet. */
  recording?: string;
  /** What the model says, written by hand. */
  script?: Script;
}

/** One case of a suite, after `for_each` and defaults. */
export interface Task {
  id: string;
  tags: readonly string[];
  /** What the user asks for; absent where the recording alone says it. */
  input?: unknown;
  /** What the user says turn by turn, in place of an input. */
  conversation?: readonly Turn[];
  /** Who plays the user: an input is then the first thing that is said. */
  user?: { simulate: Simulation };
  expect: Expectations;
  prefer: Expectations;
  weights: Readonly<Record<string, number>>;
  limits?: Limits;
  /** State that its trials begin with, in place of the suite's. */
  world?: World;
  trials?: number;
  pass?: PassRule;
  /** Attacks that it runs with; all of the suite, beside the task alone, where it says nothing. */
  attacks?: TaskAttacks;
  /** Why the task leaves the count. */
  skip?: string;
  at: Place;
}

/** An agent of a suite: exactly one kind with its configuration. */
export interface AgentEntry {
  name: string;
  kind: string;
  config: unknown;
  /** What its models say, turn by turn, as written and validated. */
  script?: Script;
  /** Absolute path of the recorded exchanges with its models. */
  recording?: string;
  at: Place;
}

/** A suite with everything that it names read and validated. */
export interface Suite {
  name: string;
  description?: string;
  /** Absolute path of the suite file. */
  file: string;
  /** Absolute path of the project root that paths must stay under. */
  root: string;
  /** SHA-256 over the suite and the files that it is made of. */
  digest: string;
  /** SHA-256 of the mocks and checks that it names, by absolute path: of all other files it holds what they say. */
  contents?: ReadonlyMap<string, string>;
  agents: readonly AgentEntry[];
  /** Tools that were declared; null where the suite names none. */
  tools: Tools | null;
  /** State that trials begin with; absent where the suite names none. */
  world?: World;
  trials?: number;
  pass?: PassRule;
  limits?: Limits;
  expect: Expectations;
  /** What its agents may do. */
  policy?: Policy;
  /** The people who are asked, scripted; without any every request is denied. */
  approvals?: readonly ApprovalRule[];
  /** Attacks that its tasks run with. */
  attacks?: readonly Attack[];
  /** Canaries and secrets by name. */
  canaries?: Readonly<Record<string, Canary>>;
  /** LLM judges by name. */
  judges?: Readonly<Record<string, JudgeSpec>>;
  gate: GateRule | null;
  /** Tasks that leave the gate's count for a time, by id. */
  quarantine?: Readonly<Record<string, Quarantine>>;
  tasks: readonly Task[];
}
