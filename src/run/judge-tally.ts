import { correctedRate } from '../calibration/corrected-rate.ts';
import type { JudgeFigures } from '../model/judge-figures.ts';
import type { JudgeDetails, JudgeSpec, Wanted } from '../model/llm-judge.ts';
import type { Suite } from '../model/suite.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { answerForm } from '../panel/answer-form.ts';
import { holdsFor, plainWanted, wantedWords } from '../panel/holds-for.ts';
import { type AskedJudge, addUsage, detailsOf, type JudgeUsage } from './judge-costs.ts';
import type { RunDesk } from './run-desk.ts';

/** Adds up what LLM judges said. */
export interface JudgeTally {
  add(result: TrialResult, asked: readonly AskedJudge[]): void;
  /** One for each suite, agent, judge and what is wanted of it, in the order of the suites. */
  figures(): JudgeFigures[];
}

/** Sums of one judge, held to one requirement, over the trials of one agent. */
interface Sums {
  readonly suite: Suite;
  readonly desk: RunDesk;
  readonly agent: string;
  readonly spec: JudgeSpec;
  readonly wanted: Wanted;
  readonly words: string;
  readonly counts: Record<'pass' | 'fail' | 'error' | 'flagged', number>;
  readonly flips: { changed: number; of: number };
  readonly ballots: { live: number; recorded: number; lost: number; reasked: number };
  readonly tasks: Map<string, { happened: number; trials: number }>;
  usage: JudgeUsage | null;
}

/** Starts to add up over suites with their desks. */
export function judgeTally(desks: ReadonlyMap<Suite, RunDesk>): JudgeTally {
  const byName = new Map([...desks].map(([suite, desk]) => [suite.name, { suite, desk }]));
  const all = new Map<string, Sums>();
  return {
    add: (result, asked) => {
      const found = byName.get(result.suite);
      if (!found) return;
      for (const one of asked) {
        const spec = specOf(found.suite, one.judge);
        if (spec) addAsked(sumsFor(all, { ...found, spec }, result.agent, one.wanted), result, one);
      }
    },
    figures: () => {
      const told = new Set<string>();
      return [...all.values()].sort(inOrder).map((sums) => figuresOf(withCanaries(sums, told)));
    },
  };
}

function specOf({ judges = {} }: Suite, name: string): JudgeSpec | undefined {
  return Object.hasOwn(judges, name) ? judges[name] : undefined;
}

function sumsFor(
  all: Map<string, Sums>,
  of: Pick<Sums, 'suite' | 'desk' | 'spec'>,
  agent: string,
  given: Wanted,
): Sums {
  const wanted = plainWanted(given, answerForm(of.spec));
  const words = wantedWords(wanted);
  const key = JSON.stringify([of.suite.name, agent, of.spec.name, words]);
  const sums = all.get(key) ?? {
    ...of,
    ...{ agent, wanted, words, usage: null },
    counts: { pass: 0, fail: 0, error: 0, flagged: 0 },
    flips: { changed: 0, of: 0 },
    ballots: { live: 0, recorded: 0, lost: 0, reasked: 0 },
    tasks: new Map(),
  };
  all.set(key, sums);
  return sums;
}

function addAsked(sums: Sums, result: TrialResult, asked: AskedJudge): void {
  const details = detailsOf(asked);
  sums.usage = addUsage(sums.usage, details?.usage);
  for (const { from, answer, asked: times } of details?.ballots ?? []) {
    if (from !== 'none') sums.ballots[from]++;
    if (answer === null) sums.ballots.lost++;
    if (times > 1) sums.ballots.reasked++;
  }
  if (result.status === 'skip') return; // it was cut, and says nothing of the judge
  if (details?.steps?.length === 0) return; // it was asked nothing: there is no call to judge
  if ((details?.flags?.length ?? 0) > 0) sums.counts.flagged++;
  addFlips(sums, details);
  const { status } = asked.outcome;
  sums.counts[status]++;
  if (status === 'error') return;
  const task = JSON.stringify([result.task, result.attack]);
  const count = sums.tasks.get(task) ?? { happened: 0, trials: 0 };
  if (status === 'pass') count.happened++;
  count.trials++;
  sums.tasks.set(task, count);
}

/** Counts items with several answers, and those of which some hold and others do not. */
function addFlips({ flips, wanted }: Sums, details: JudgeDetails | null): void {
  const held = new Map<number | undefined, Set<boolean>>();
  const several = new Set<number | undefined>();
  for (const { step, answer } of details?.ballots ?? []) {
    if (answer === null) continue;
    const known = held.get(step);
    if (known) several.add(step);
    held.set(step, (known ?? new Set()).add(holdsFor(answer, wanted)));
  }
  for (const step of several) {
    flips.of++;
    if ((held.get(step)?.size ?? 0) > 1) flips.changed++;
  }
}

/** What canaries took is told once for each judge, with the first of its figures. */
function withCanaries(sums: Sums, told: Set<string>): Sums {
  const { suite, desk, spec } = sums;
  const key = JSON.stringify([suite.name, spec.name]);
  if (told.has(key)) return sums;
  told.add(key);
  return { ...sums, usage: addUsage(sums.usage, desk.canaries().get(spec.name)?.usage) };
}

function figuresOf({ suite, desk, agent, spec, wanted, words, ...sums }: Sums): JudgeFigures {
  const { pass, fail, error, flagged } = sums.counts;
  const { entry, drift } = desk.standing(spec, wanted);
  // What is known of another rubric or model corrects nothing
  const isKnown = entry !== null && drift.length === 0;
  const corrected = isKnown ? correctedRate(entry, [...sums.tasks.values()]) : null;
  const canaries = desk.canaries().get(spec.name);
  return {
    suite: suite.name,
    agent,
    judge: spec.name,
    wanted: words,
    ...{ pass, fail, error },
    pass_rate: pass + fail === 0 ? null : pass / (pass + fail),
    corrected: corrected && { ...corrected },
    kappa: entry?.kappa ?? null,
    drift: [...drift],
    flips: sums.flips,
    flagged,
    ballots: sums.ballots,
    canaries: canaries ? { asked: canaries.asked, missed: canaries.missed } : null,
    input_tokens: sums.usage?.input_tokens ?? 0,
    output_tokens: sums.usage?.output_tokens ?? 0,
    cost_usd: sums.usage ? sums.usage.cost_usd : 0,
  };
}

/** As the suites name agents and judges, whatever ended first. */
function inOrder(a: Sums, b: Sums): number {
  if (a.suite !== b.suite) return a.suite.name < b.suite.name ? -1 : 1;
  const agents = a.suite.agents.map(({ name }) => name);
  const judges = Object.keys(a.suite.judges ?? {});
  return (
    agents.indexOf(a.agent) - agents.indexOf(b.agent) ||
    judges.indexOf(a.spec.name) - judges.indexOf(b.spec.name) ||
    Number(a.words > b.words) - Number(a.words < b.words)
  );
}
