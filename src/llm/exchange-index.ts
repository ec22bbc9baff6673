import type { Asker } from './model-source.ts';
import type { Located } from './read-exchanges.ts';

/** Exchanges of equal requests: by task, one list a trial, in the order of asking. */
type ByTask = Map<string, Located[][]>;

/** Finds recorded exchanges. */
export interface ExchangeIndex {
  /** What answers the nth equal request of a trial: its own trial first, then its task, then any; the last one again where there are no more. */
  find(request: Wanted, asker: Pick<Asker, 'task' | 'trial'>): Located | undefined;
  /** Exchanges of the dialect whose requests are worth comparing, the likeliest first; of the same task where there are any. */
  near(dialect: string, position: number, asker: Pick<Asker, 'task' | 'trial'>): Located[];
}

/** A request that is looked for. */
export interface Wanted {
  readonly dialect: string;
  readonly key: string;
  /** How many equal requests the trial made so far, this one included. */
  readonly occurrence: number;
}

/** Indexes the exchanges of a recording. */
export function exchangeIndex(exchanges: readonly Located[]): ExchangeIndex {
  const byKey = new Map<string, ByTask>();
  const byTask = new Map<string, Located[]>();
  const byPosition = new Map<number, Located[]>();
  const inOrder = exchanges.toSorted((a, b) => a.nth - b.nth || a.offset - b.offset);
  for (const exchange of inOrder) addTo(byPosition, exchange.nth, exchange);
  for (const exchange of exchanges) addTo(byTask, exchange.task, exchange);
  for (const trial of trialsOf(exchanges, inOrder)) addTrial(byKey, trial);

  return {
    find({ dialect, key, occurrence }, { task, trial }) {
      const tasks = byKey.get(nameOf(dialect, key));
      if (!tasks) return undefined;
      const trials = tasks.get(task) ?? [...tasks.values()][0] ?? [];
      const own = tasks.has(task) ? trials.find(([first]) => first?.trial === trial) : undefined;
      // Trials beyond those recorded go round them, so that they differ as those did
      const chosen = own ?? trials[tasks.has(task) ? (trial - 1) % trials.length : 0] ?? [];
      return chosen[Math.min(occurrence, chosen.length) - 1];
    },
    near(dialect, position, { task, trial }) {
      const speaks = (exchange: Located) => exchange.dialect === dialect;
      const own = (byTask.get(task) ?? []).filter(speaks);
      if (own.length === 0) {
        const others = (byPosition.get(position) ?? []).filter(speaks);
        return others.length > 0 ? others : exchanges.filter(speaks);
      }
      const distance = ({ nth, trial: other }: Located) =>
        Math.abs(nth - position) + (other === trial ? 0 : 0.5);
      return own.toSorted((a, b) => distance(a) - distance(b));
    },
  };
}

function nameOf(dialect: string, key: string): string {
  return `${dialect} ${key}`;
}

function addTo<Key>(map: Map<Key, Located[]>, key: Key, exchange: Located): void {
  const list = map.get(key);
  if (list) list.push(exchange);
  else map.set(key, [exchange]);
}

/** The exchanges of each trial in the order of asking, trials in that of the file. */
function trialsOf(exchanges: readonly Located[], inOrder: readonly Located[]): Located[][] {
  const trials = new Map<string, Located[]>();
  const trialOf = ({ task, trial }: Located) => JSON.stringify([task, trial]);
  for (const exchange of exchanges) trials.set(trialOf(exchange), []);
  for (const exchange of inOrder) trials.get(trialOf(exchange))?.push(exchange);
  return [...trials.values()];
}

function addTrial(byKey: Map<string, ByTask>, trial: readonly Located[]): void {
  const equal = new Map<string, Located[]>();
  for (const exchange of trial) addTo(equal, nameOf(exchange.dialect, exchange.key), exchange);
  for (const [name, list] of equal) {
    const [first] = list;
    if (!first) continue;
    const tasks: ByTask = byKey.get(name) ?? new Map();
    byKey.set(name, tasks);
    const trials = tasks.get(first.task) ?? [];
    tasks.set(first.task, trials);
    trials.push(list);
  }
}
