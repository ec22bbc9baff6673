const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls `run` once a signal aborts; what it returns takes that back. Thousands may wait for one signal: it has a single listener, as a list of many is searched from its start each time that one comes or goes. */
export function onAbort(signal: AbortSignal, run: () => void): () => void {
  const known = waiting.get(signal) ?? listen(signal);
  known.add(run);
  return () => {
    known.delete(run);
  };
}

function listen(signal: AbortSignal): Set<() => void> {
  const all = new Set<() => void>();
  waiting.set(signal, all);
  signal.addEventListener('abort', () => callEach(all), { once: true });
  return all;
}

/** Each that is still there when its turn comes, and once. */
function callEach(all: Set<() => void>): void {
  for (const run of all) {
    all.delete(run);
    run();
  }
}
