import type * as z from 'zod';
import type { View } from '../../match/view.ts';
import type { ComparedCall } from './compared-call.ts';
import type { Compared } from './reference.ts';

/** What a metric is given. */
export interface Sides {
  /** Expected calls by turn, and all of them. */
  readonly turns: readonly (readonly ComparedCall[])[];
  readonly expected: readonly ComparedCall[];
  /** Calls that the agent made. */
  readonly made: readonly ComparedCall[];
  readonly view: View;
}

/** What a metric says of a trajectory. */
export interface Measured {
  /** 0 to 1. */
  readonly value: number;
  /** How it comes about, in a few words. */
  readonly words: string;
  /** Steps that it points at. */
  readonly steps?: readonly number[];
}

/** A number that people know by name. */
export interface Metric {
  readonly name: string;
  readonly words: string;
  /** What may stand under its name. */
  readonly schema: z.ZodType;
  /** What it compares beside the names of tools, by what stands under its name. */
  compares(options: Readonly<Record<string, unknown>>): Compared;
  /** Its value, or why it cannot be told. */
  measure(sides: Sides, options: Readonly<Record<string, unknown>>): Measured | string;
}
