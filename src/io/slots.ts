/** A number of places, each held by one at a time. */
export interface Slots {
  /** Waits for a place, first come first served; what it gives leaves the place, once. */
  take(): Promise<() => void>;
}

/** Makes so many places. */
export function slotsOf(count: number): Slots {
  const waiting: (() => void)[] = [];
  let free = count;
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };
  return {
    take: async () => {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      let held = true;
      return () => {
        if (held) leave();
        held = false;
      };
    },
  };
}
