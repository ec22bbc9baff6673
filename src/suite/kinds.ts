import type * as z from 'zod';

/** Keys from a value to a part of it. */
export type KeyPath = readonly (string | number)[];

/** A call pattern inside an expectation, for checks against the declared tools. */
export interface PatternAt {
  /** Keys from the expectation's value to the pattern. */
  path: KeyPath;
  /** The pattern as written. */
  pattern: unknown;
}

/** The name of a tool that stands outside of a call pattern, or of one of its arguments. */
export interface NameAt {
  /** Keys from the expectation's value to the name. */
  path: KeyPath;
  /** Whether the name is the key there, or what stands under it. */
  on: 'value' | 'key';
  /** Name of the tool; `*` is a wildcard, unless it is taken as it stands. */
  tool: string;
  asItStands?: boolean;
  /** Name of the argument, where the path leads to one. */
  argument?: string;
}

/** The name of a canary in an expectation. */
export interface CanaryAt {
  path: KeyPath;
  /** `*` for all. */
  canary: string;
}

/** An LLM judge that an expectation asks, and what it wants of it, as written. */
export interface AskedJudge {
  /** Keys from the expectation's value to what is wanted, which stands under the name. */
  path: KeyPath;
  name: string;
  wanted: { at_least?: number; at_most?: number; is?: string | readonly string[] };
}

/** Something odd about an expectation that is not wrong. */
export interface OddityAt {
  path: KeyPath;
  message: string;
}

/** A file that a value names. */
export interface FileAt {
  /** Keys from the value to the text that names the file. */
  path: KeyPath;
  /** Path of the file as written, less what is no path, such as `#name`. */
  file: string;
  /** The file need not exist, as it may be written later; its place is checked all the same. */
  later?: boolean;
}

/** What the suite loader must know of an expectation key; `judges/` extends it with the judging. */
export interface ExpectationKind {
  /** Key under `expect` and `prefer`. */
  readonly key: string;
  /** Schema of its value. */
  readonly schema: z.ZodType;
  /** One line for people and editors. */
  readonly words: string;
  /** Call patterns inside a value, as far as its shape is sound. */
  patterns?(value: unknown): PatternAt[];
  /** Names of tools and arguments outside of patterns, as far as its shape is sound. */
  names?(value: unknown): NameAt[];
  /** Names of canaries in a value, as far as its shape is sound. */
  canaries?(value: unknown): CanaryAt[];
  /** LLM judges that a value asks, as far as its shape is sound. */
  asks?(value: unknown): AskedJudge[];
  /** Paths below the key at which a validated value has verdicts; the key's own unless given. */
  verdicts?(value: unknown): KeyPath[];
  /** What is wrong with a validated value that its schema cannot tell. */
  problems?(value: unknown): OddityAt[];
  /** Odd things about a validated value, for `validate` to warn of. */
  oddities?(value: unknown): OddityAt[];
  /** Files that a validated value names. */
  files?(value: unknown): FileAt[];
}

/** What the suite loader must know of an agent kind; `agents/` extends it with the driver. */
export interface AgentKindSchema {
  readonly key: string;
  readonly schema: z.ZodType;
  readonly words: string;
  /** It reads recordings and runs no agent. */
  readonly replays?: true;
  /** Paths inside a validated value that name files which must exist under the project root. */
  files?(value: unknown): FileAt[];
}

/** Where in the format a key stands that is neither an expectation nor an agent kind. */
export type KeyPlace = 'suite' | 'task' | 'agent' | 'tool';

/** A key of the format that belongs to a part of its own, such as `policy` or `mock`. */
export interface FormatKey {
  readonly place: KeyPlace;
  readonly key: string;
  readonly schema: z.ZodType;
  readonly words: string;
  /** The value may stand in a file of its own, named by a path. */
  readonly fragment?: boolean;
  /** Files that a validated value names. */
  files?(value: unknown): FileAt[];
}

/** The registries that a suite schema is composed from. */
export interface SuiteKinds {
  readonly judges: readonly ExpectationKind[];
  readonly agents: readonly AgentKindSchema[];
}
