/** One case of a peer: what it answers, what is answered here, and why where that differs. */
export interface ParityCase {
  /** Key of the peer's function, and name of the case, as in the reference values. */
  readonly key: string;
  readonly name: string;
  /** What the peer answers; numbers agree to nine digits unless `digits` says otherwise. */
  readonly peer: unknown;
  readonly digits?: number;
  /** What is answered here. */
  readonly ours: () => unknown;
  /** What is wanted here instead, and the fault of the peer that is not repeated. */
  readonly differs?: { readonly value: unknown; readonly why: string };
}

/** Makes the cases of one key from rows. */
export function casesOf(
  key: string,
  rows: readonly (readonly [
    name: string,
    peer: unknown,
    ours: () => unknown,
    differs?: ParityCase['differs'],
  ])[],
  digits?: number,
): ParityCase[] {
  return rows.map(([name, peer, ours, differs]) => ({
    ...{ key, name, peer, ours },
    ...(differs && { differs }),
    ...(digits !== undefined && { digits }),
  }));
}
