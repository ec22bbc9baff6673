import { describe, expect, it } from 'vitest';
import type { Diff } from '../diff/diff.ts';
import { AgentopsError } from '../errors.ts';
import { groupOf, summaryOf, within } from '../gate/comparison.test-support.ts';
import { parseFailOn } from '../gate/fail-on.ts';
import type { PlanRow } from '../model/plan.ts';
import type { RunSummary } from '../model/run.ts';
import type { TaskChange } from '../model/task-change.ts';
import { againstBaseline, type BaselineOptions } from './against-baseline.ts';

const SUMMARY = { gate: { status: 'pass', reasons: ['Own'] } } as unknown as RunSummary; // no more of it is read
const SAME = within(-0.02, 0.02);
const OPEN = within(-0.08, 0.08);

/** Compared tasks `a` and `b` and an edited one in each of two suites. */
function diffOf(
  more: Parameters<typeof summaryOf>[0],
  shown: readonly string[] = [],
  smaller: readonly string[] = [],
): Diff {
  const tasks = ['shop', 'travel'].flatMap((suite) =>
    ['a', 'b', 'edited'].map((task) => ({
      ...{ suite, task, attack: null, agent: { base: 'old', head: 'bot' } },
      ...{ compared: task !== 'edited', base: { passed: 3, failed: 0 } },
      head: { passed: smaller.includes(`${suite}/${task}`) ? 1 : 2, failed: 1 },
      shown: shown.includes(`${suite}/${task}`),
    })),
  );
  return {
    summary: summaryOf(more),
    tasks: () => tasks as unknown as TaskChange[], // no more of them is read
    pair: async () => ({ base: null, head: null }),
  };
}

function groups(shop: typeof SAME, travel: typeof SAME) {
  return [groupOf(0, shop, 0.5), groupOf(0, travel, 0.5, { suite: 'travel' })];
}

function against(diffs: readonly Diff[], more: Partial<BaselineOptions> = {}) {
  const levels: number[] = [];
  const compare = async (_dir: string, _summary: RunSummary, level: number) => {
    const diff = diffs[levels.length] ?? diffs.at(-1);
    levels.push(level);
    if (!diff) throw new AgentopsError('store_fault', 'Cannot read "b1"');
    return diff;
  };
  const rules = parseFailOn(['regression']);
  const until = { trials: null };
  return { levels, held: againstBaseline({ rules, margin: 0.03, until, compare, ...more }) };
}

const rowOf = (suite: string, task: string, agent = 'bot') =>
  ({ suite, task, agent, attack: null }) as PlanRow; // no more of it is read

/** Names of the rows that are to have more trials. */
function chosen(choice: ((row: PlanRow) => boolean) | null): string[] | null {
  if (choice === null) return null;
  const rows = ['shop', 'travel'].flatMap((suite) =>
    ['a', 'b', 'edited', 'other'].map((task) => rowOf(suite, task)),
  );
  return rows.filter(choice).map(({ suite, task }) => `${suite}/${task}`);
}

describe('againstBaseline()', () => {
  it('gives more trials to compared tasks of groups that are open', async () => {
    const { held, levels } = against([diffOf({ groups: groups(SAME, OPEN) })]);
    const choice = await held.decide('d', SUMMARY, { look: 1, looks: 5 });
    expect(chosen(choice)).toEqual(['travel/a', 'travel/b']);
    expect(choice?.(rowOf('travel', 'a', 'another'))).toBe(false);
    expect(levels[0]).toBeGreaterThan(0.999);
  });

  it('gives more to all where a figure of them together is open', async () => {
    const figure = { ...groupOf(0, OPEN, 0.5).pass_rate };
    const rules = parseFailOn(['regression,pass_rate:-0.05']);
    const open = diffOf({ groups: groups(SAME, SAME), figures: [figure] });
    const { held } = against([open], { rules });
    expect(chosen(await held.decide('d', SUMMARY, { look: 1, looks: 5 }))).toEqual([
      ...['shop/a', 'shop/b', 'travel/a', 'travel/b'],
    ]);
  });

  it.each<[string, Parameters<typeof summaryOf>[0]]>([
    ['it passed', { groups: groups(SAME, SAME) }],
    ['it failed', { groups: groups(within(-0.3, -0.1), OPEN), counts: { shown: 1 } }],
    ['more trials mend nothing', { groups: groups(SAME, OPEN), counts: { missing: 1 } }],
    ['a trial was lost', { groups: groups(SAME, OPEN), counts: { lost: 1, smaller: 1 } }],
    ['a violation may have been', { groups: groups(SAME, OPEN), counts: { unsure: 1 } }],
    ['only an edited task is open', { groups: groups(SAME, SAME), counts: { edited_worse: 1 } }],
  ])('gives no more where %s', async (_what, more) => {
    const { held } = against([diffOf(more)]);
    expect(await held.decide('d', SUMMARY, { look: 1, looks: 5 })).toBe(null);
  });

  it('gives more to tasks with fewer trials than in the baseline', async () => {
    const few = diffOf({ groups: groups(SAME, SAME), counts: { smaller: 1 } }, [], ['shop/b']);
    const { held } = against([few]);
    expect(chosen(await held.decide('d', SUMMARY, { look: 1, looks: 5 }))).toEqual(['shop/b']);
  });

  it('keeps a group that passed at a look as it was', async () => {
    const first = diffOf({ groups: groups(SAME, OPEN) });
    // The same trials again at a later look: a narrower interval, and a task that now is beyond chance
    const worse = groupOf(-0.02, within(-0.025, -0.001), 0.0001);
    const then = [worse, groupOf(0, OPEN, 0.5, { suite: 'travel' })];
    const second = diffOf({ groups: then, counts: { shown: 1 } }, ['shop/a']);
    const { held } = against([first, second, second]);
    await held.decide('d', SUMMARY, { look: 1, looks: 3 });
    const choice = await held.decide('d', SUMMARY, { look: 2, looks: 3 });
    expect(chosen(choice)).toEqual(['travel/a', 'travel/b']);
    const last = { look: 2, looks: 3, stopped: 'too dear' };
    const { comparison } = await held.conclude('d', SUMMARY, last);
    expect(comparison?.gate.status).toBe('inconclusive');
    expect(comparison?.gate.groups?.map(({ status }) => status)).toEqual(['pass', 'inconclusive']);
  });

  it('fails for a task of a group that is open', async () => {
    const open = diffOf({ groups: groups(SAME, OPEN) });
    const shown = diffOf({ groups: groups(SAME, OPEN), counts: { shown: 1 } }, ['travel/b']);
    const { held } = against([open, shown]);
    await held.decide('d', SUMMARY, { look: 1, looks: 3 });
    const { gate } = await held.conclude('d', SUMMARY, { look: 2, looks: 3, stopped: null });
    expect(gate.status).toBe('fail');
  });

  it('stores the comparison, and says why it stays open', async () => {
    const { held } = against([diffOf({ groups: groups(SAME, OPEN) })]);
    expect(held.comparison()).toBe(null);
    const stopped = 'bot is recorded';
    const whole = await held.conclude('d', SUMMARY, { look: 1, looks: 1, stopped });
    expect(whole.gate.status).toBe('pass');
    expect(whole.gate.reasons.at(-1)).toBe(
      'Inconclusive against the baseline: no more trials were run: bot is recorded',
    );
    expect(whole.comparison?.gate).toMatchObject({
      alpha: 0.05,
      sequential: { look: 1, looks: 1, alpha: 0.05, stopped },
    });
    expect(held.comparison()?.gate).toBe(whole.comparison?.gate);
  });

  it('says that it was open to the last look', async () => {
    const { held } = against([diffOf({ groups: groups(SAME, OPEN) })]);
    const { gate } = await held.conclude('d', SUMMARY, { look: 5, looks: 5, stopped: null });
    expect(gate.reasons.at(-1)).toMatch(/still inconclusive after 5 of 5 looks/);
  });

  it('compares once at 95 % where no more trials are asked for', async () => {
    const { held, levels } = against([diffOf({})], { until: undefined });
    const { comparison } = await held.conclude('d', SUMMARY, { look: 1, looks: 1, stopped: null });
    expect(levels).toEqual([0.95]);
    expect(comparison?.gate.sequential).toBe(undefined);
  });

  it('leaves the gate in error where the baseline cannot be read', async () => {
    const { held } = against([]);
    expect(await held.decide('d', SUMMARY, { look: 1, looks: 5 })).toBe(null);
    const whole = await held.conclude('d', SUMMARY, { look: 1, looks: 5, stopped: null });
    expect(whole.gate).toEqual({
      status: 'error',
      reasons: ['Own', expect.stringMatching(/could not be compared with it: Cannot read "b1"/)],
    });
    expect(whole.comparison).toBe(undefined);
  });
});
