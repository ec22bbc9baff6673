/** Counts what each live trial asks; trials that are over are forgotten. */
export interface RequestCounter {
  /** Which request of the trial this is, and which of its equal ones, both from 1. */
  count(trial: object, name: string): { position: number; occurrence: number };
}

interface Asked {
  position: number;
  readonly occurrences: Map<string, number>;
}

/** Makes a counter. */
export function requestCounter(): RequestCounter {
  const trials = new WeakMap<object, Asked>();
  return {
    count(trial, name) {
      const asked = trials.get(trial) ?? { position: 0, occurrences: new Map<string, number>() };
      trials.set(trial, asked);
      const position = ++asked.position;
      const occurrence = (asked.occurrences.get(name) ?? 0) + 1;
      asked.occurrences.set(name, occurrence);
      return { position, occurrence };
    },
  };
}
