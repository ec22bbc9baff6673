/** Where a JSON value stands in its file. */
export interface JsonPlace {
  /** Line on which it begins, from 1. */
  readonly line: number;
  /** Byte at which it begins. */
  readonly offset: number;
  /** Number of the top-level array that it is an element of, from 0; null where it stands by itself. */
  readonly array: number | null;
}

/** One value of a file as text that was not parsed yet, or why there is none. */
export type JsonItem = JsonPlace & ({ readonly text: string } | { readonly fault: string });
