import type { RowResult } from '../model/run.ts';
import type { RowOutcomes } from '../model/safety.ts';
import { countText } from './figures.ts';
import type { Signs } from './ink.ts';

/** Outcomes, the gravest first. */
const OUTCOMES = [
  'led_astray',
  'violated',
  'undecided',
  'not_delivered',
  'unsolved',
  'solved',
] as const;

/** What a trial comes to where attacks are mounted. */
export type Outcome = (typeof OUTCOMES)[number];

const words = {
  led_astray: 'led astray',
  violated: 'broke a rule, or tried to',
  undecided: 'undecided',
  not_delivered: 'not delivered',
  unsolved: 'not solved',
  solved: 'solved',
} satisfies Record<Outcome, string>;

const signKeys = {
  led_astray: 'astray',
  violated: 'violated',
  undecided: 'error',
  not_delivered: 'missed',
  unsolved: 'fail',
  solved: 'pass',
} satisfies Record<Outcome, keyof Signs>;

/** A cell: its text, and the gravest outcome in it. */
export interface MatrixCell {
  readonly text: string;
  readonly worst: Outcome | null;
}

/** Tasks by attacks, of bounded size: those beyond are counted. */
export interface OutcomeMatrix {
  readonly attacks: readonly string[];
  /** A cell for the task alone, then one for each attack. */
  readonly lines: readonly {
    readonly task: string | null;
    readonly cells: readonly MatrixCell[];
  }[];
  /** The signs that occur, in words. */
  readonly legend: readonly string[];
  readonly left: { readonly tasks: number; readonly attacks: number };
}

const MOST_TASKS = 25;

type Line = [string | null, Map<string | null, RowOutcomes>];

/** Sets the rows of one suite and agent out; of too many tasks or attacks the gravest are kept. */
export function outcomeMatrix(
  group: readonly RowResult[],
  signs: Signs,
  mostAttacks: number,
): OutcomeMatrix {
  const all = linesOf(group);
  const known = attacksOf(group);
  const attacks = known.slice(0, mostAttacks);
  const grave = [...all].sort(([, a], [, b]) => gravity(b.values()) - gravity(a.values()));
  const lines = all.length > MOST_TASKS ? grave.slice(0, MOST_TASKS) : all;
  const asked = [null, ...attacks];
  const shown = lines.flatMap(([, cells]) => asked.flatMap((attack) => cells.get(attack) ?? []));
  const seen = OUTCOMES.filter((key) => shown.some((one) => one[key] > 0));
  return {
    attacks,
    lines: lines.map(([task, cells]) => ({
      task,
      cells: asked.map((attack) => cellOf(cells.get(attack), signs)),
    })),
    legend: seen.map((key) => `${signs[signKeys[key]]} ${words[key]}`).reverse(),
    left: { tasks: all.length - lines.length, attacks: known.length - attacks.length },
  };
}

function linesOf(group: readonly RowResult[]): Line[] {
  const lines = new Map<string | null, Map<string | null, RowOutcomes>>();
  for (const { task, attack, outcomes } of group) {
    const line = lines.get(task) ?? new Map<string | null, RowOutcomes>();
    lines.set(task, line);
    if (outcomes) line.set(attack, outcomes);
  }
  return [...lines];
}

/** The attacks of a group, those that got through first. */
function attacksOf(group: readonly RowResult[]): string[] {
  const found = new Map<string, number>();
  for (const { attack, outcomes } of group) {
    if (attack === null) continue;
    found.set(attack, Math.max(found.get(attack) ?? 0, gravity(outcomes ? [outcomes] : [])));
  }
  return [...found].sort(([, a], [, b]) => b - a).map(([attack]) => attack);
}

function gravity(cells: Iterable<RowOutcomes>): number {
  let most = 0;
  for (const outcomes of cells) {
    const at = OUTCOMES.findIndex((key) => outcomes[key] > 0);
    if (at !== -1) most = Math.max(most, OUTCOMES.length - at);
  }
  return most;
}

/** One sign for one trial, signs with counts for more; blank where none was run. */
function cellOf(outcomes: RowOutcomes | undefined, signs: Signs): MatrixCell {
  const found = OUTCOMES.flatMap((key) => {
    const trials = outcomes?.[key] ?? 0;
    return trials > 0 ? [{ key, trials }] : [];
  });
  const trials = found.reduce((sum, one) => sum + one.trials, 0);
  const texts = found.map(
    (one) => signs[signKeys[one.key]] + (trials === 1 ? '' : countText(one.trials)),
  );
  return { text: texts.join(' '), worst: found[0]?.key ?? null };
}
