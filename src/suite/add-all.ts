/** Adds items to a list, however many: as the arguments of one `push` they could overflow the stack. */
export function addAll<Item>(list: Item[], items: Iterable<Item>): void {
  for (const item of items) list.push(item);
}
