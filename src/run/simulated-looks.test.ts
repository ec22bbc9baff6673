import { describe, expect, it } from 'vitest';
import type { Diff } from '../diff/diff.ts';
import { REGRESSION } from '../gate/fail-on.ts';
import {
  drawRates,
  drawTrials,
  type SimulatedGroup,
  shownTasks,
  simulatedSummary,
} from '../gate/simulated-comparison.test-support.ts';
import type { PlanRow } from '../model/plan.ts';
import type { RunSummary } from '../model/run.ts';
import type { GateStatus } from '../model/status.ts';
import type { TaskChange } from '../model/task-change.ts';
import { seededRandom } from '../stats/seeded-random.ts';
import { againstBaseline } from './against-baseline.ts';
import { lookSchedule } from './look-schedule.ts';

const SUMMARY = { gate: { status: 'pass', reasons: [] } } as unknown as RunSummary; // no more of it is read
const ALPHA = 0.05;
const MARGIN = 0.1;
const RUNS = 600;
const PLANNED = 3;

const beyond = (share: number) => share + 3 * Math.sqrt((share * (1 - share)) / RUNS);

/** A difference of simulated trials, as far as a run goes by it. */
function diffOf(groups: readonly SimulatedGroup[], alpha: number): Diff {
  const shown = shownTasks(groups, alpha);
  const tasks = groups.flatMap(({ suite, base }, group) =>
    base.map((_, at) => ({
      ...{ suite, task: `t${at}`, attack: null, agent: { base: 'bot', head: 'bot' } },
      ...{ compared: true, shown: shown[group]?.[at] ?? false, base: null, head: null },
    })),
  );
  return {
    summary: simulatedSummary(groups, alpha),
    tasks: () => tasks as unknown as TaskChange[], // no more of them is read
    pair: async () => ({ base: null, head: null }),
  };
}

/** One run as `runRounds` would have it: trials, a look, more trials of the rows that are open. */
async function simulateRun(
  loss: number,
  random: () => number,
): Promise<{ status: GateStatus; look: number; trials: number }> {
  const drawn = ['shop', 'travel'].map((suite) => {
    const rates = drawRates(12, random).map((rate) => loss + (1 - loss) * rate);
    const worse = rates.map((rate) => rate - loss);
    const base = drawTrials(rates, PLANNED, random);
    return { suite, base, head: drawTrials(worse, PLANNED, random), worse };
  });
  const until = { trials: null };
  const compare = async (_dir: string, _summary: RunSummary, level: number) =>
    diffOf(drawn, 1 - level);
  const held = againstBaseline({ rules: [REGRESSION], margin: MARGIN, until, compare });
  const { looks, trialsAt } = lookSchedule([], until);
  let look = 1;
  for (; look < looks; look++) {
    const wants = await held.decide('', SUMMARY, { look, looks });
    if (wants === null) break;
    for (const { suite, head, worse } of drawn) {
      worse.forEach((rate, at) => {
        const row = { suite, task: `t${at}`, attack: null, agent: 'bot' } as PlanRow; // no more is read
        const scores = head[at];
        if (!scores || !wants(row)) return;
        const more = trialsAt(PLANNED, look + 1) - scores.length;
        scores.push(...drawTrials([rate], more, random).flat());
      });
    }
  }
  const { gate } = await held.conclude('', SUMMARY, { look, looks, stopped: null });
  const status = held.comparison()?.gate.status ?? gate.status;
  const trials = drawn.reduce((sum, { head }) => sum + head.flat().length, 0);
  return { status, look, trials };
}

async function simulate(loss: number, runs = RUNS) {
  const random = seededRandom(11);
  const sums = { pass: 0, fail: 0, inconclusive: 0, error: 0, looks: 0, trials: 0 };
  for (let run = 0; run < runs; run++) {
    const { status, look, trials } = await simulateRun(loss, random);
    sums[status] += 1 / runs;
    sums.looks += look / runs;
    sums.trials += trials / runs;
  }
  return sums;
}

describe('againstBaseline() look by look', () => {
  it('fails at most as often as alpha says where nothing changed', {
    timeout: 120_000,
  }, async () => {
    const { fail } = await simulate(0);
    expect(fail).toBeLessThanOrEqual(beyond(ALPHA));
  });

  it('passes at most as often as half of alpha where the loss is the margin', {
    timeout: 120_000,
  }, async () => {
    // Each look rules the margin out at half of its part of alpha; both groups have lost it
    const { pass } = await simulate(MARGIN);
    expect(pass).toBeLessThanOrEqual(beyond(ALPHA / 2));
  });

  it('stops earlier the more was lost', { timeout: 120_000 }, async () => {
    const [much, little] = [await simulate(0.6, 100), await simulate(0.15, 100)];
    expect(much.fail).toBeGreaterThan(0.95);
    expect(much.looks).toBeLessThan(little.looks - 0.5);
    expect(much.trials).toBeLessThan(little.trials * 0.8);
  });
});
