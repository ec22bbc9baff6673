/** How often a cycle is run through when it counts as one. */
export const ROUNDS = 3;

/** The longest cycle that is looked for. */
const LONGEST = 4;

/** Adds what comes next; gives the items of a cycle of 2 to 4 that it has just run through three times. */
type CycleWatch<Item> = (
  key: string,
  item: Item,
) => { readonly items: readonly Item[]; readonly length: number } | null;

/** Starts to look for cycles of what has equal keys; one thing again and again is none. Keeps the last twelve. */
export function cycleWatch<Item>(): CycleWatch<Item> {
  const recent: { readonly key: string; readonly item: Item }[] = [];
  /** By length: how many in a row equal what stands that far before. */
  const runs = new Array<number>(LONGEST + 1).fill(0);
  return (key, item) => {
    recent.push({ key, item });
    if (recent.length > LONGEST * ROUNDS) recent.shift();
    let found: number | null = null;
    for (let length = 2; length <= LONGEST; length++) {
      const run = recent.at(-1 - length)?.key === key ? (runs[length] ?? 0) + 1 : 0;
      runs[length] = run;
      if (found !== null || run < length * (ROUNDS - 1)) continue;
      const round = recent.slice(-length);
      if (round.some((one) => one.key !== key)) found = length;
    }
    if (found === null) return null;
    return { items: recent.slice(-found * ROUNDS).map((one) => one.item), length: found };
  };
}
