/** A piece of a JSON object: the value of one of its keys, an element of such a list, or the end of that list. */
export interface JsonPart {
  readonly kind: 'value' | 'element' | 'end';
  /** Key of the outermost object. */
  readonly key: string;
  /** As parsed; of an end, how many elements there were. */
  readonly value: unknown;
  /** Where it stands: line from 1, first byte, length in bytes. */
  readonly line: number;
  readonly offset: number;
  readonly bytes: number;
}

/** Which keys are read. */
export interface PartChoice {
  /** Keys whose values are wanted, lists included; others are passed over. */
  readonly keys: ReadonlySet<string>;
  /** Keys whose lists are taken apart. */
  readonly lists: ReadonlySet<string>;
}
