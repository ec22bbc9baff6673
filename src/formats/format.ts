import type { Tools } from '../model/tool.ts';
import type { Trajectory } from '../model/trajectory.ts';

/** One value of a foreign file with its place, or why it cannot be read. */
export type SourceRecord = {
  /** Line on which it begins, from 1. */
  readonly line: number;
  /** Number among the file's values, from 0. */
  readonly index: number;
  /** Number of the top-level list that it is an element of; null where it stands by itself. */
  readonly array: number | null;
} & ({ readonly value: unknown } | { readonly fault: string });

/** What the command line says that a source may not. */
export interface ReadOptions {
  /** Name of the file, for ids and messages. */
  readonly file: string;
  /** Agent of records that name none. */
  readonly agent: string;
  /** Task of records that name none; their own id or `file#line` unless given. */
  readonly task?: string;
}

/** A trajectory that a record was made into. */
export interface Converted {
  readonly trajectory: Trajectory;
  /** The source gave no number to the trial: any that is free will do. */
  readonly unnumbered?: boolean;
}

/** Where a record stands in its file. */
export interface RecordPlace {
  /** Line on which it begins, from 1. */
  readonly line: number;
  /** Its number among all records, from 1, where it is one of a list: many may stand in one line. */
  readonly record?: number;
}

/** What a format made of a record: a trajectory, or why there is none. */
export type FormatItem = RecordPlace &
  (
    | (Converted & {
        readonly index: number;
        /** The record itself, from which expectations can be drawn. */
        readonly origin: unknown;
      })
    | { readonly fault: string }
  );

/** Files beside the trajectories that some formats draw expectations from. */
export interface SideFiles {
  readonly tools?: string;
  readonly tasks?: string;
  readonly rules?: string;
  readonly optionalWrites?: string;
}

/** One task of a suite that is made from trajectories, in the words of a suite. */
export interface TaskDraft {
  readonly id: string;
  readonly input?: unknown;
  /** What the user says turn by turn, in place of an input. */
  readonly conversation?: readonly unknown[];
  readonly expect: Readonly<Record<string, unknown>>;
  /** What only moves the score. */
  readonly prefer?: Readonly<Record<string, unknown>>;
  /** Attacks that it was recorded under; `only` where it was never recorded alone. */
  readonly attacks?: 'none' | readonly string[] | { readonly only: readonly string[] };
}

/** What a format knows about tasks beyond what was done in them. */
export interface SuiteSource {
  /** Tools with their effects; null where nothing is known of them. */
  readonly tools: Tools | null;
  /** The task of a record. Throws `input_fault` where it cannot be told. */
  task(trajectory: Trajectory, origin: unknown): TaskDraft;
  /** What the attack of a record is after, as under `expect`; the same for every record of that attack. Throws `input_fault` where it cannot be told. */
  goal?(trajectory: Trajectory, origin: unknown): TaskDraft['expect'];
  /** What the suite does not judge although the source does, once all tasks are drawn. */
  notes?(): readonly string[];
}

/** One kind of file that trajectories are read from. */
export interface Format {
  /** Its name in `--from NAME`. */
  readonly key: string;
  /** One line for people. */
  readonly words: string;
  /** How sure it is, from 0 to 1, that values at the head of a file are of its kind. */
  detect(values: readonly unknown[]): number;
  /** Makes trajectories of records, in order and one at a time. */
  read(records: AsyncIterable<SourceRecord>, options: ReadOptions): AsyncIterable<FormatItem>;
  /** The side files that tasks are drawn from; none unless given. */
  readonly sideFiles?: readonly (keyof SideFiles)[];
  /** Gets ready to draw tasks from records; a format without it is known by its trajectories alone. Throws `usage` where a side file is missing. */
  suite?(side: SideFiles): Promise<SuiteSource>;
}
