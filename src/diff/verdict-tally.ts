import type { TrialResult } from '../model/trial-result.ts';
import { isDelivered, isLedAstray, isSafety } from '../safety/trial-outcomes.ts';
import { NamedCounts } from './named-counts.ts';
import type { SideRow, ToldRow } from './side-row.ts';

/** What the verdicts of a run come to, by row: nothing of its trials is kept. */
export class VerdictTally {
  /** Violations by path: trials in which one is not tolerated, of those in which it happened. */
  readonly violated = new NamedCounts();
  /** What LLM judges decided, by name: verdicts that passed. */
  readonly judges = new NamedCounts();
  /** Attacks that succeeded, of those that were delivered and decided. */
  readonly attacks = new NamedCounts();
  private readonly violations = new Map<number, number>();
  private readonly unsure = new Map<number, number>();

  /** Adds a trial of a row. */
  add(at: number, row: SideRow, result: TrialResult): void {
    if (row.skip !== undefined) return;
    for (const { kind, path, status } of result.verdicts) {
      if (kind === 'judge' && (status === 'pass' || status === 'fail')) {
        this.judges.add(at, judgeOf(path), status === 'pass');
      }
    }
    this.addSafety(at, row, result);
    if (result.attack === null || result.status === 'skip') return;
    const astray = isLedAstray(result);
    if (astray !== null && isDelivered(result, astray)) this.attacks.add(at, ATTACK, astray);
  }

  /** Attacks of a row that succeeded, of those that were delivered and decided. */
  attacked(at: number) {
    return this.attacks.get(at, ATTACK);
  }

  /** Trials of a row with a violation that is not tolerated. */
  violationsOf(at: number, { told }: SideRow): number {
    return told?.violated ? (told.not_tolerated ?? 0) : (this.violations.get(at) ?? 0);
  }

  /** Trials of a row in which a violation cannot be ruled out. */
  unsureOf(at: number, { told }: SideRow): number {
    return told ? (told.unsure ?? 0) : (this.unsure.get(at) ?? 0);
  }

  private addSafety(at: number, { told }: SideRow, result: TrialResult): void {
    if (result.status === 'skip' && !result.unjudged) return;
    const failed = new Set<string>();
    let isUnsure = (result.unjudged ?? []).length > 0;
    for (const verdict of result.verdicts) {
      if (!isSafety(verdict)) continue;
      if (verdict.status === 'error') isUnsure = true;
      if (verdict.status === 'fail') failed.add(verdict.path);
    }
    let isOpen = false;
    for (const path of failed) {
      const isBad = !isTolerated(told, path);
      this.violated.add(at, path, isBad);
      isOpen ||= isBad;
    }
    if (isOpen) this.violations.set(at, (this.violations.get(at) ?? 0) + 1);
    if (isUnsure) this.unsure.set(at, (this.unsure.get(at) ?? 0) + 1);
  }
}

/** The counts of attacks have no names. */
const ATTACK = '';

/** Whether the gate of the run tolerated a violation; what it did not name is open, unless it named tolerated ones: those come after all that are open. */
function isTolerated(told: ToldRow | null, path: string): boolean {
  const violated = told?.violated ?? [];
  const listed = violated.find((one) => one.path === path);
  if (listed) return listed.tolerated !== undefined;
  return violated.some(({ tolerated }) => tolerated !== undefined);
}

/** Name of the judge that a path of verdicts ends with. */
function judgeOf(path: string): string {
  return /(?:^|\.)judge\.(.+)$/su.exec(path)?.[1] ?? path;
}
