/** Works on items, at most `limit` at a time, taking each from its source only when there is room; starts none after an abort or an error, and waits for those under way. True when every item was worked on; throws the first error. */
export async function runPooled<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  limit: number,
  work: (item: Item, index: number) => Promise<void> | void,
  signal?: AbortSignal,
): Promise<boolean> {
  const source = Symbol.asyncIterator in items ? asyncSource(items, signal) : syncSource(items);
  const failures: unknown[] = [];
  let index = 0;
  let exhausted = false;
  const stopped = () => exhausted || failures.length > 0 || signal?.aborted === true;
  const worker = async () => {
    try {
      while (!stopped()) {
        const taken = await source.next();
        if (taken.done === true) exhausted = signal?.aborted !== true;
        else if (!stopped()) await work(taken.value, index++);
      }
    } catch (thrown) {
      failures.push(thrown);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.floor(limit)) }, worker));
  if (!exhausted) source.close();
  if (failures.length > 0) throw failures[0];
  return exhausted;
}

interface Source<Item> {
  next(): Promise<IteratorResult<Item, unknown>> | IteratorResult<Item, unknown>;
  close(): void;
}

function syncSource<Item>(items: Iterable<Item>): Source<Item> {
  const iterator = items[Symbol.iterator]();
  return { next: () => iterator.next(), close: () => iterator.return?.() };
}

/** Asks for one item after the other, as not every async iterator can be asked for two at once; an abort ends the wait for one. */
function asyncSource<Item>(items: AsyncIterable<Item>, signal?: AbortSignal): Source<Item> {
  const iterator = items[Symbol.asyncIterator]();
  const aborted = new Promise<IteratorResult<Item, unknown>>((resolve) => {
    signal?.addEventListener('abort', () => resolve({ done: true, value: undefined }), {
      once: true,
    });
  });
  let last: Promise<unknown> = Promise.resolve();
  return {
    next: () => {
      const taken = last.then(() => iterator.next());
      last = taken.catch(() => undefined); // whoever asked for that item is told of its error
      return Promise.race([taken, aborted]);
    },
    close: () => {
      iterator.return?.().catch(() => undefined); // a source that will not close holds nothing up
    },
  };
}
