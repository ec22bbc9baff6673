import { describe, expect, it } from 'vitest';
import type { PlanRow } from '../model/plan.ts';
import type { Suite } from '../model/suite.ts';
import {
  deskSaying,
  greeting,
  politeSuite,
  runJudged,
  saying,
  taskOf,
} from './judged-run.test-support.ts';
import type { ReadyRow } from './plan-rows.ts';
import { quarantineWarnings, withQuarantine } from './quarantine.ts';

const own = { until: '2026-03-10', owner: 'Mia', reason: 'Flaky' };
const at = (time: string) => Date.parse(time);

function rowsOf(
  task: string,
  quarantine: NonNullable<Suite['quarantine']>,
  more: Partial<PlanRow> = {},
): ReadyRow[] {
  const suite = politeSuite([taskOf(task)], { quarantine });
  const names = { suite: 'shop', task, agent: 'a', attack: null };
  const row: PlanRow = { ...names, tags: [], pass: 'all', trials: 1, trial_ids: [], ...more };
  const ready = { suite, name: 'a', agent: undefined as never }; // nothing runs here
  return [{ row, ready, task: suite.tasks[0] ?? null }];
}

describe('withQuarantine()', () => {
  it.each<[string, string, boolean]>([
    ['long before', '2026-01-01T00:00:00Z', true],
    ['on the last day', '2026-03-10T00:00:00Z', true],
    ['at its last moment', '2026-03-10T23:59:59.999Z', true],
    ['whatever the day is elsewhere', '2026-03-11T01:00:00+02:00', true],
    ['no longer', '2026-03-11T00:00:00Z', false],
    ['nor years later', '2028-02-29T12:00:00Z', false],
  ])('marks the rows of a task %s', (_, time, isAway) => {
    const [row] = withQuarantine(rowsOf('greet', { greet: own }), at(time));
    expect(row?.row.quarantine).toEqual(isAway ? own : undefined);
    expect(row?.row.task).toBe('greet');
  });

  it('leaves other tasks, skipped ones and lines without a task alone, and takes old marks off', () => {
    const now = at('2026-01-01T00:00:00Z');
    const free = [
      ...rowsOf('greet', { other: own }),
      ...rowsOf('constructor', {}),
      ...rowsOf('greet', { greet: own }, { skip: 'Later' }),
      ...rowsOf('greet', { greet: own }).map((ready) => ({ ...ready, task: null })),
      ...rowsOf('greet', {}, { quarantine: own }),
    ];
    for (const { row } of withQuarantine(free, now)) expect(row).not.toHaveProperty('quarantine');
  });
});

describe('quarantineWarnings()', () => {
  const about = 'shop: the quarantine of task "greet"';
  it.each<[string, string[]]>([
    ['2026-03-02T23:00:00Z', []],
    ['2026-03-03T00:00:00Z', [`${about} ends in 7 days, after 2026-03-10; ask Mia`]],
    ['2026-03-09T12:00:00Z', [`${about} ends tomorrow, after 2026-03-10; ask Mia`]],
    ['2026-03-10T12:00:00Z', [`${about} ends today, after 2026-03-10; ask Mia`]],
    ['2026-03-11T00:00:00Z', [`${about} was over after 2026-03-10, so it counts again; ask Mia`]],
  ])('at %s', (time, lines) => {
    const rows = rowsOf('greet', { greet: own });
    expect(quarantineWarnings([...rows, ...rows], at(time))).toEqual(lines);
    expect(quarantineWarnings(rowsOf('greet', {}), at(time))).toEqual([]);
    expect(quarantineWarnings(rowsOf('greet', { greet: own }, { skip: 'x' }), at(time))).toEqual(
      [],
    );
  });
});

describe('runSuites() runs what is in quarantine', () => {
  const run = (now: string) =>
    runJudged(
      [
        politeSuite([taskOf('greet'), taskOf('bid-farewell', { expect: { answer: 'Bye' } })], {
          quarantine: { 'bid-farewell': own },
          expect: { never: ['delete'] },
        }),
      ],
      {
        agentKinds: [greeting(() => undefined)],
        deskOf: () => deskSaying(async () => saying('pass')),
        now: () => at(now),
      },
    );

  it('outside of the count while it lasts', async () => {
    const { plan, summary } = await run('2026-03-05T00:00:00Z');
    expect(plan.rows.map(({ quarantine }) => quarantine)).toEqual([undefined, own]);
    expect(summary?.rows[1]).toMatchObject({ status: 'fail', failed: 1, quarantine: own });
    expect(summary?.totals).toMatchObject({ planned: 2, fail: 1, pass_rate: 1 });
    expect(summary?.gate.status).toBe('pass');
    expect(summary?.gate.reasons.at(-1)).toContain('"bid-farewell"');
    expect(summary?.warnings).toEqual([expect.stringContaining('ends in 5 days')]);
  });

  it('and counts it again once it is over', async () => {
    const { summary } = await run('2026-03-11T00:00:00Z');
    expect(summary?.gate.status).toBe('fail');
    expect(summary?.totals.pass_rate).toBe(0.5);
    expect(summary?.warnings).toEqual([expect.stringContaining('counts again')]);
  });
});
