import { seededRandom } from './seeded-random.ts';

/** Pass rates of one task under both versions; drawn anew for each task. */
export type DrawTask = (random: () => number) => readonly [number, number];

/** Simulated versions of so many tasks, for tests. */
export interface SimulatedDesign {
  readonly tasks: number;
  readonly trials: number;
  /** As many as `trials` where it is left out. */
  readonly headTrials?: number;
  readonly draw: DrawTask;
}

/** Draws pairs of runs and tells the share of which something holds; the truth is the difference of the rates of just these tasks. */
export function shareOfPairs(
  { tasks, trials, headTrials = trials, draw }: SimulatedDesign,
  pairs: number,
  holds: (base: number[][], head: number[][], truth: number) => boolean,
  seed = 1,
): number {
  const random = seededRandom(seed);
  const tried = (rate: number, of: number) =>
    Array.from({ length: of }, () => (random() < rate ? 1 : 0));
  let held = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const rates = Array.from({ length: tasks }, () => draw(random));
    const base = rates.map(([rate]) => tried(rate, trials));
    const head = rates.map(([, rate]) => tried(rate, headTrials));
    const truth = rates.reduce((sum, [one, other]) => sum + other - one, 0) / tasks;
    if (holds(base, head, truth)) held++;
  }
  return held / pairs;
}

/** The most that a share with this chance may be by luck: three standard errors above. */
export function withLuck(chance: number, pairs: number): number {
  return chance + 3 * Math.sqrt((chance * (1 - chance)) / pairs);
}
