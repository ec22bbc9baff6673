import { messageOf } from '../errors.ts';
import type { View } from '../match/view.ts';
import type { JudgeDetails, JudgeSpec, Wanted } from '../model/llm-judge.ts';
import type { Outcome } from '../model/verdict.ts';
import { askCanaries, type CanaryReport } from './ask-canaries.ts';
import type { JudgeDesk } from './desk.ts';
import { hearTrial, type PollingRoom } from './hear-trial.ts';
import { judgeDetails, usageOf } from './judge-details.ts';
import { judgeOutcome } from './judge-outcome.ts';
import { needsCalls } from './needs-calls.ts';
import { type ExchangeOptions, openExchanges } from './open-exchanges.ts';
import { whyNotAsked } from './why-not-asked.ts';

/** What the judges of a suite are asked with. */
export interface DeskOptions extends ExchangeOptions {
  /** By name. */
  readonly judges: Readonly<Record<string, JudgeSpec>>;
  /** Why what a judge says may not count, null where it may. */
  readonly standing: (spec: JudgeSpec, wanted: Wanted) => string | null;
}

/** What canaries came to so far. */
export interface CanaryFigures extends Pick<CanaryReport, 'asked' | 'missed'> {
  /** Of what was asked live for them. */
  readonly usage: ReturnType<typeof usageOf>;
}

/** A desk that tells of its canaries. */
export interface OpenDesk extends JudgeDesk {
  /** By judge, of those that were asked. */
  canaries(): Map<string, CanaryFigures>;
}

/** Opens the desk of a suite: judges are asked from its recording or live, and held to what the suite says of them. */
export function openDesk(options: DeskOptions): OpenDesk {
  const { judges, mode, standing, redact, signal } = options;
  const room: PollingRoom = { exchanges: openExchanges(options), redact, signal };
  const canaries = new Map<string, Promise<CanaryReport>>();
  const figures = new Map<string, CanaryFigures>();

  function canariesOf(spec: JudgeSpec): Promise<CanaryReport> | null {
    if (spec.canaries === 0) return null;
    const known = canaries.get(spec.name);
    if (known) return known;
    const asked = askCanaries(room, spec);
    canaries.set(spec.name, asked);
    return asked.then((report) => {
      const { asked: count, missed, live } = report;
      figures.set(spec.name, { asked: count, missed, usage: usageOf(live) });
      return report;
    });
  }

  async function ask(spec: JudgeSpec, wanted: Wanted, view: View): Promise<Outcome> {
    const [report, outcome] = await Promise.all([
      canariesOf(spec),
      hearTrial(room, spec, view, { wanted })
        .then((heard) => judgeOutcome(spec, wanted, heard))
        .catch((thrown) => unasked(spec, wanted, messageOf(thrown))),
    ]);
    if (report !== null && report.why !== null) return untrusted(outcome, report.why, report.isCut);
    const why = standing(spec, wanted);
    return why === null ? outcome : withheld(outcome, why);
  }

  return {
    needsCalls: (name) => Object.hasOwn(judges, name) && needsCalls(judges[name] as JudgeSpec), // it is there
    canaries: () => new Map(figures),
    async judge(name, wanted, view) {
      const spec = Object.hasOwn(judges, name) ? judges[name] : undefined;
      if (!spec) return refused(`There is no judge ${JSON.stringify(name)}`);
      try {
        const why = whyNotAsked(spec, view, { mode, wanted });
        return why === null ? await ask(spec, wanted, view) : unasked(spec, wanted, why);
      } catch (thrown) {
        return unasked(spec, wanted, messageOf(thrown));
      }
    },
  };
}

function unasked(spec: JudgeSpec, wanted: Wanted, why: string): Outcome {
  return refused(why, judgeDetails(spec, wanted, null));
}

function refused(reason: string, details?: JudgeDetails): Outcome {
  const outcome: Outcome = { status: 'error', score: null, reason, evidence: [] };
  return details ? { ...outcome, details } : outcome;
}

/** What a judge said stays in the details. */
function overruled(outcome: Outcome, reason: string): Outcome {
  return { ...outcome, status: 'error', score: null, reason };
}

function untrusted(outcome: Outcome, why: string, isCut: boolean): Outcome {
  const details = { ...(outcome.details as JudgeDetails), ...(isCut && { cut: true as const }) }; // of this desk
  return { ...overruled(outcome, why), details };
}

function withheld(outcome: Outcome, why: string): Outcome {
  const { reason, details } = outcome;
  const said =
    outcome.status === 'error' ? reason : `Withheld, ${why}; it says ${outcome.status}: ${reason}`;
  return { ...overruled(outcome, said), details: { ...(details as JudgeDetails), withheld: why } }; // of this desk
}
