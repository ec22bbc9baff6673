/** An item with its number among those that begin in its line, from 1; null where it is alone there. */
export interface InLine<Item> {
  readonly item: Item;
  readonly number: number | null;
}

/** Numbers items that share a line, which is known once the next one is there. */
export async function* numberedInLine<Item>(
  items: AsyncIterable<Item>,
  lineOf: (item: Item) => number,
): AsyncGenerator<InLine<Item>> {
  let held: { item: Item; number: number } | null = null;
  for await (const item of items) {
    const isNext: boolean = held !== null && lineOf(held.item) === lineOf(item);
    if (held) yield { item: held.item, number: isNext || held.number > 1 ? held.number : null };
    held = { item, number: isNext && held ? held.number + 1 : 1 };
  }
  if (held) yield { item: held.item, number: held.number > 1 ? held.number : null };
}
