import type { CalibrationEntry } from '../model/calibration.ts';
import type { JudgeSpec, Wanted } from '../model/llm-judge.ts';
import type { Plan } from '../model/plan.ts';
import type { Fault } from '../model/suite.ts';
import type { TrialResult } from '../model/trial-result.ts';
import { type AnswerForm, answerForm } from '../panel/answer-form.ts';
import type { TaskCount } from '../stats/rate-interval.ts';
import type { WrongItem } from './calibration-result.ts';
import { lineFault } from './json-lines.ts';
import type { JudgedItem, JudgedTrial } from './judged-items.ts';
import { indexLabels } from './label-index.ts';
import { itemKey } from './label-keys.ts';
import { type OwnLabels, ownLabels } from './own-labels.ts';
import type { PlacedLabel } from './placed-label.ts';
import { settleLabels } from './settle-labels.ts';
import { storedWanted } from './stored-wanted.ts';
import { isOwnAnswer, truthOf } from './truth-of.ts';

/** Which judge is calibrated, and against what. */
export interface TallyOf {
  readonly suite: string;
  readonly judge: string;
  readonly wanted: CalibrationEntry['wanted'];
  /** null where the suite is not at hand. */
  readonly spec: JudgeSpec | null;
  readonly labels: readonly PlacedLabel[];
  readonly plan: Plan;
}

/** An item that people and the judge decided. */
interface Decided {
  readonly task: string;
  readonly truth: boolean;
  readonly judged: boolean;
}

/** Gathers, trial by trial, how one judge compares with people. */
export class AgreementTally {
  readonly of: TallyOf;
  readonly form: AnswerForm | null;
  readonly wanted: Wanted;
  readonly own: OwnLabels;
  readonly isPerStep: boolean;
  readonly faults: Fault[] = [];
  readonly decided: Decided[] = [];
  /** What people said and what the judge answered, both in its terms. */
  readonly answers: [string | number, string | number][] = [];
  readonly wrong: WrongItem[] = [];
  readonly flips = { changed: 0, of: 0 };
  errors = 0;
  unsure = 0;
  stale = 0;
  private readonly byItem: ReadonlyMap<string, readonly PlacedLabel[]>;
  private readonly met = new Set<string>();
  private readonly tasks = new Map<string, { happened: number; trials: number }>();

  constructor(of: TallyOf) {
    const { suite, judge, spec, labels, plan } = of;
    this.of = of;
    this.form = spec && answerForm(spec);
    this.wanted = storedWanted(of.wanted);
    this.own = ownLabels(labels, judge);
    this.isPerStep = this.own.labels.some(({ step }) => step !== undefined);
    const known = this.own.labels.filter((label) => {
      const truth = truthOf(label.label, this.form, this.wanted);
      if ('fault' in truth) this.faults.push(lineFault(label.file, label.line, truth.fault));
      return !('fault' in truth);
    });
    const { byItem, faults } = indexLabels(known, suite, plan);
    this.byItem = byItem;
    this.faults.push(...faults);
  }

  /** Labelled items that the judge was not asked about. */
  get unjudged(): number {
    return this.byItem.size - this.met.size;
  }

  /** What the judge says of all trials, by task. */
  get counts(): TaskCount[] {
    return [...this.tasks.values()];
  }

  /** Adds what the judge said of a trial; `digest` tells of the steps that it saw, null where they are not there. */
  async add(
    result: TrialResult,
    { details, items }: JudgedTrial,
    digest: () => Promise<string | null>,
  ): Promise<void> {
    const task = result.task ?? '';
    if (details.holds !== null) {
      const count = this.tasks.get(task) ?? { happened: 0, trials: 0 };
      this.tasks.set(task, count);
      count.trials++;
      if (details.holds) count.happened++;
    }
    for (const item of items) {
      if ((item.step !== null) !== this.isPerStep) continue;
      const { suite, agent, attack, trial } = result;
      const names = { suite, task, agent, attack, trial };
      const key = itemKey({ ...names, ...(item.step !== null && { step: item.step }) });
      const labels = this.byItem.get(key);
      if (!labels || this.met.has(key)) continue;
      this.met.add(key);
      const fresh = await freshOf(labels, digest);
      this.stale += labels.length - fresh.length;
      if (fresh.length > 0) this.compare(result, item, fresh);
    }
  }

  private compare(result: TrialResult, item: JudgedItem, labels: readonly PlacedLabel[]): void {
    const label = settleLabels(labels);
    if (label === null) {
      this.unsure++;
      return;
    }
    const truth = truthOf(label.label, this.form, this.wanted);
    if ('fault' in truth || truth.holds === null) return; // such labels were left out, or settled
    if (item.flips !== null) this.flips.of++;
    if (item.flips) this.flips.changed++;
    if (item.holds === null) {
      this.errors++;
      this.wrong.push(wrongItem('error', result, item, label));
      return;
    }
    this.decided.push({ task: result.task ?? '', truth: truth.holds, judged: item.holds });
    if (item.answer !== null && isOwnAnswer(label.label, this.form, this.wanted)) {
      this.answers.push([label.label, item.answer]);
    }
    if (truth.holds === item.holds) return;
    this.wrong.push(wrongItem(item.holds ? 'wrong_pass' : 'wrong_fail', result, item, label));
  }
}

/** Labels that are of the very steps that were judged, or that do not say. */
async function freshOf(
  labels: readonly PlacedLabel[],
  digest: () => Promise<string | null>,
): Promise<readonly PlacedLabel[]> {
  if (labels.every(({ trajectory }) => trajectory === undefined)) return labels;
  const seen = await digest();
  return labels.filter(({ trajectory }) => trajectory === undefined || trajectory === seen);
}

function wrongItem(
  kind: WrongItem['kind'],
  { id, task, agent, attack, trial }: TrialResult,
  { step, answer, reason }: JudgedItem,
  { label, note }: PlacedLabel,
): WrongItem {
  const names = { id, task: task ?? '', agent, attack, trial, step };
  return { kind, ...names, label, note: note ?? null, answer, reason };
}
