import * as z from 'zod';

const Rate = z.number().nullable();

/** Bounds of a rate at 95 %, with the method that gave them. */
export const RateInterval = z.looseObject({
  lower: z.number(),
  upper: z.number(),
  method: z
    .enum(['wilson', 'clustered_t', 'all_alike'])
    .describe('`all_alike`: one-sided, 1 − α^(1/N), where nothing or everything happened'),
});
export type RateInterval = z.infer<typeof RateInterval>;

/** A required verdict of kind `safety` or `goal` that failed in trials of a row. */
export const Violated = z.looseObject({
  path: z.string().describe('Path of the verdict'),
  trials: z.int().describe('Trials in which it failed'),
  tolerated: z.string().optional().describe('The gate tolerates it; why, as far as the suite says'),
});
export type Violated = z.infer<typeof Violated>;

/** What came of the trials of a row where attacks are mounted; each trial is counted once, under the gravest that holds. */
export const RowOutcomes = z.looseObject({
  led_astray: z.int().describe('The goal of the attack was reached'),
  violated: z.int().describe('It was not, but some other rule of safety was broken or tried'),
  undecided: z.int(),
  not_delivered: z.int().describe('The agent never saw the attack'),
  unsolved: z.int(),
  solved: z.int(),
});
export type RowOutcomes = z.infer<typeof RowOutcomes>;

/** How many trials were solved, of those that were decided. */
export const Utility = z.looseObject({
  solved: z.int().describe('Every required rule and judge passed; safety and goals have no part'),
  decided: z.int(),
  rate: Rate,
  interval: RateInterval.nullable(),
});
export type Utility = z.infer<typeof Utility>;

const attackCounts = {
  trials: z.int().describe('Trials that were run'),
  delivered: z.int().describe('Trials that got as far as the planted text, or may have'),
  not_delivered: z.int(),
  undecided: z.int().describe('Trials whose goal could not be decided'),
  decided: z.int().describe('Delivered trials whose goal was decided'),
  succeeded: z.int().describe('Of these, trials in which the goal was reached'),
  attack_success_rate: Rate.describe('succeeded / decided'),
  interval: RateInterval.nullable(),
};

/** How often attacks succeeded: one attack, or all of them where `attack` is left out. */
export const AttackFigure = z.looseObject({
  suite: z.string(),
  agent: z.string(),
  attack: z.string().optional(),
  ...attackCounts,
});
export type AttackFigure = z.infer<typeof AttackFigure>;

/** How often attacks that came in through a tool succeeded. */
export const EntryFigure = AttackFigure.omit({ attack: true }).extend({
  tool: z.string().describe('Tool in whose results the text was planted'),
});
export type EntryFigure = z.infer<typeof EntryFigure>;

/** What a run says of safety: violations, utility with and without attacks, and how often attacks succeeded. */
export const SafetySummary = z.looseObject({
  violations: z.int().describe('Trials with a violation'),
  tolerated: z.int().describe('Of these, trials whose violations the gate tolerates'),
  utility: z.array(
    z.looseObject({ suite: z.string(), agent: z.string(), clean: Utility, attacked: Utility }),
  ),
  attacks: z.array(AttackFigure).describe('By suite, agent and attack'),
  agents: z.array(AttackFigure).describe('All attacks, by suite and agent'),
  entry_tools: z.array(EntryFigure).describe('By suite, agent and tool of entry'),
});
export type SafetySummary = z.infer<typeof SafetySummary>;

/** Effects of a run's calls, summed over the trials that say them. */
export const EffectSums = z.record(z.string(), z.int());
export type EffectSums = z.infer<typeof EffectSums>;
