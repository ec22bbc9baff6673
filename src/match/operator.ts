import type { ListRule } from './list-of.ts';
import type { Matcher } from './matcher.ts';

/** How literals compare: whether other keys are refused, and how lists are read. */
export interface Mode {
  readonly keys: 'exact' | 'partial';
  readonly lists: ListRule;
}

/** Keys from the value that is compiled to a place in it. */
export type Path = readonly (string | number)[];

/** Takes a fault found while compiling, and whether the key itself is at fault or what stands under it. */
export type Report = (path: Path, message: string, on?: 'value' | 'key') => void;

/** What operators need to compile what stands inside them. */
export interface Compiling {
  readonly mode: Mode;
  readonly report: Report;
  compile(source: unknown, path: Path, mode?: Mode): Matcher;
}

/** Compiles one operator with its operand as written. */
export type Operator = (operand: unknown, path: Path, context: Compiling) => Matcher;
