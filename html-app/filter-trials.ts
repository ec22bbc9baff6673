import type { Page, Trial } from './page.ts';
import type { Route } from './route.ts';

/** Quick choices of the list of trials. */
export const CHOICES = {
  passed: { label: 'Passed', holds: ({ status }) => status === 'pass' },
  failed: { label: 'Failed', holds: ({ status }) => status === 'fail' },
  error: { label: 'Errors', holds: ({ status }) => status === 'error' },
  skipped: { label: 'Skipped', holds: ({ status }) => status === 'skip' },
  changed: { label: 'Changed', holds: ({ changed }) => changed },
  violations: { label: 'Violations', holds: ({ violated }) => violated },
  quarantined: { label: 'Quarantined', holds: ({ row }) => row.quarantine !== undefined },
} satisfies Record<string, { label: string; holds(trial: Trial): boolean }>;

/** The columns that a list can be sorted by; `grave` is the order without one. */
const SORTS = ['grave', 'task', 'agent', 'score', 'calls', 'tokens', 'cost', 'time'] as const;
type Sort = (typeof SORTS)[number];

/** No attack, as a filter says it. */
export const NO_ATTACK = '(none)';

/** Trials that a route's filters let through, in its order. */
export function filterTrials({ trials }: Page, route: Route): readonly Trial[] {
  const kept = trials.filter(keeps(route));
  return sorted(kept, route.sort);
}

/** Trials that all filters but the quick choice let through. */
export function countChoices({ trials }: Page, route: Route): ReadonlyMap<string, number> {
  const keep = keeps({ ...route, show: '' });
  const counts = new Map<string, number>([['', 0]]);
  for (const trial of trials) {
    if (!keep(trial)) continue;
    counts.set('', (counts.get('') ?? 0) + 1);
    for (const [key, { holds }] of Object.entries(CHOICES)) {
      if (holds(trial)) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

function keeps({ show, suite, agent, attack, task, q }: Route): (trial: Trial) => boolean {
  const choice = Object.hasOwn(CHOICES, show) ? CHOICES[show as keyof typeof CHOICES] : null; // looked up before
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return (trial) => {
    const { row } = trial;
    if (choice && !choice.holds(trial)) return false;
    if (suite !== '' && row.suite !== suite) return false;
    if (agent !== '' && row.agent !== agent) return false;
    if (attack !== '' && (row.attack ?? NO_ATTACK) !== attack) return false;
    if (task !== '' && row.task !== task) return false;
    return words.length === 0 || includesAll(textOf(trial), words);
  };
}

function includesAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

const texts = new WeakMap<Trial, string>();

/** What a search looks through. */
function textOf(trial: Trial): string {
  const known = texts.get(trial);
  if (known !== undefined) return known;
  const { suite, task, agent, attack, tags = [] } = trial.row;
  const parts = [task, agent, suite, attack, trial.words, trial.id, ...tags];
  const text = parts.join('\n').toLowerCase();
  texts.set(trial, text);
  return text;
}

const GRAVITY = { fail: 1, error: 2, skip: 3, pass: 4 } satisfies Record<Trial['status'], number>;

const ORDERS: Record<Sort, (trial: Trial) => number | string> = {
  grave: ({ status, violated }) => (violated ? 0 : GRAVITY[status]),
  task: ({ row }) => row.task ?? '',
  agent: ({ row }) => row.agent,
  score: ({ score }) => score ?? Number.POSITIVE_INFINITY,
  calls: ({ calls }) => -(calls ?? -1),
  tokens: ({ tokens }) => -(tokens ?? -1),
  cost: ({ cost }) => -(cost ?? -1),
  time: ({ ms }) => -(ms ?? -1),
};

function sorted(trials: readonly Trial[], wanted: string): readonly Trial[] {
  const order = ORDERS[SORTS.find((key) => key === wanted) ?? 'grave'];
  return trials
    .map((trial) => ({ trial, at: order(trial) }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.trial.index - b.trial.index))
    .map(({ trial }) => trial);
}
