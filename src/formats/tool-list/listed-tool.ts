import type { Effect } from '../../model/tool.ts';

/** A tool as some list of tools describes it. */
export interface ListedTool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of its arguments, not looked at yet. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** What the list itself says it does, in our words. */
  readonly declared: ToolLabels;
  /** What the list hints at, such as its HTTP method. */
  readonly hints: ToolLabels;
}

/** What a tool does, as far as that is said. */
export interface ToolLabels {
  readonly effect?: Effect;
  readonly external?: boolean;
  readonly trusted?: boolean;
}

/** Something that keeps a list, or a part of it, from being read. */
export interface ListFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Tools by their order in a list, and what was left out of it. */
export interface ToolList {
  readonly tools: readonly ListedTool[];
  readonly faults: readonly ListFault[];
  /** What is not as in the list, in sentences. */
  readonly notes: readonly string[];
}
