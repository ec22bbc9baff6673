import type { ComparisonGate } from '../../model/comparison-gate.ts';
import type { DiffSummary } from '../../model/diff.ts';
import type { JudgeFigures } from '../../model/judge-figures.ts';
import type { PlanRow } from '../../model/plan.ts';
import type { GateResult, RowResult, RunSummary, Totals } from '../../model/run.ts';
import type { SafetySummary } from '../../model/safety.ts';
import type { Trajectory } from '../../model/trajectory.ts';
import type { TrialResult } from '../../model/trial-result.ts';
import type { RateBounds } from '../../stats/rate-interval.ts';
import type { HistoryPoint } from '../../store/run-history.ts';

/** Ids of the blocks of data in the page; those of a trial or change end in its index. */
export const BLOCKS = {
  report: 'report',
  rows: 'rows',
  trials: 'trials',
  changes: 'changes',
  trial: 'trial-',
  pair: 'pair-',
} as const;

/** Statuses by the number that stands for them in a listed trial. */
export const STATUSES = ['pass', 'fail', 'error', 'skip'] as const;

/** What a page shows beside rows, trials and changes; `run` or `comparison` or both are there. */
export interface PageReport {
  readonly title: string;
  readonly run: PageRun | null;
  readonly comparison: { readonly diff: DiffSummary; readonly gate: ComparisonGate } | null;
}

/** The run of a page. */
export interface PageRun {
  readonly facts: PageFacts;
  readonly totals: Totals;
  readonly gate: GateResult;
  readonly rates: readonly GroupRate[];
  readonly judges: readonly JudgeFigures[];
  readonly safety: SafetySummary | null;
  readonly history: readonly HistoryPoint[];
  /** Set where trajectories were left out for their size. */
  readonly left_out: LeftOut | null;
}

/** Where a run comes from. */
export type PageFacts = Pick<
  RunSummary,
  'id' | 'started_at' | 'finished_at' | 'status' | 'labels' | 'git'
> &
  Pick<RunSummary, 'seed' | 'agentops_version' | 'warnings'>;

/** Trials whose details stand in the page, and those that it has no room for. */
export interface LeftOut {
  readonly embedded: number;
  readonly left: number;
  readonly budget: number;
}

/** Pass rate of one suite × agent over its decided trials, with its 95 % interval. */
export interface GroupRate {
  readonly suite: string;
  readonly agent: string;
  readonly tasks: number;
  readonly passed: number;
  readonly decided: number;
  readonly planned: number;
  readonly interval: RateBounds | null;
}

/** A planned row as the page lists it. */
export interface PageRow
  extends Pick<RowResult, 'suite' | 'task' | 'agent' | 'attack' | 'status' | 'passed' | 'failed'>,
    Pick<RowResult, 'score' | 'skip' | 'quarantine'> {
  readonly tags?: PlanRow['tags'];
  readonly at?: PlanRow['at'];
}

/** A trial as the page lists it: beginning of its id, index of its row, number, status as an index, score, cost, milliseconds, tool calls, tokens, 1 where it has a violation, and what went wrong in words. */
export type ListedTrial = TrialFigures | readonly [...TrialFigures, words: string];

type TrialFigures = readonly [
  id: string,
  row: number,
  trial: number,
  status: number,
  score: number | null,
  cost: number | null,
  ms: number | null,
  calls: number | null,
  tokens: number | null,
  violated: 0 | 1,
];

/** What is known of a trial beyond the list. */
export interface TrialDetail
  extends Pick<TrialResult, 'status' | 'score' | 'stop' | 'reason' | 'turns' | 'tool_calls'>,
    Pick<TrialResult, 'input_tokens' | 'output_tokens' | 'cost_usd' | 'judge_cost_usd'>,
    Pick<TrialResult, 'duration_ms' | 'blast_radius' | 'verdicts' | 'unjudged' | 'delivered'> {
  /** Null where none was kept. */
  readonly trajectory: PageTrajectory | null;
}

/** A trajectory of the page, without the names that the list has. */
export type PageTrajectory = Pick<Trajectory, 'steps' | 'stop' | 'limit' | 'world' | 'calls'>;

/** The two trials of a change to look at; a text is the id of a trial that the page has already. */
export interface PagePair {
  readonly base: PairedTrial | null;
  readonly head: PairedTrial | string | null;
}

/** One trial of a pair, with its names. */
export interface PairedTrial {
  readonly id: string;
  readonly agent: string;
  readonly trial: number;
  readonly detail: TrialDetail;
}
