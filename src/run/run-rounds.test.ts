import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { AgentKind } from '../agents/agent.ts';
import type { PlanRow } from '../model/plan.ts';
import type { Suite, Task } from '../model/suite.ts';
import type { HeldAgainst, LastLook, Look } from './held-against.ts';
import { politeSuite, QUIET, resultsOf, runJudged, taskOf } from './judged-run.test-support.ts';
import type { RunOptions } from './run-options.ts';

/** An agent that fails the trials that are named, as `task#1`. */
function agentFailing(
  names: readonly string[],
  isLive = true,
  costOf = (_trial: number) => 1,
): AgentKind {
  return {
    key: 'greeting',
    words: 'Says hello',
    schema: z.unknown(),
    open: async (_entry, _suite, support) => ({
      isLive,
      drive: async ({ task, trial }) => {
        support().spend(costOf(trial));
        const fails = names.includes(`${task}#${trial}`);
        const steps = [{ type: 'message' as const, role: 'assistant' as const, content: 'Hello' }];
        return { end: { stop: fails ? ('agent_error' as const) : ('completed' as const) }, steps };
      },
      prepare: async () => undefined,
      recorded: () => (isLive ? null : 2),
      unreadableTrials: () => [],
      unreadable: [],
      source: null,
      leftOver: () => [],
      recordings: {},
      close: () => undefined,
    }),
  };
}

const ALL = () => true;

/** Wants more trials of rows as long as it has something to say; keeps what it was told. */
function wanting(
  choices: readonly ((row: PlanRow) => boolean)[],
  until: HeldAgainst['until'] = { trials: null },
) {
  const looks: (Look & { planned: number; trials: number })[] = [];
  const ended: LastLook[] = [];
  const against: HeldAgainst = {
    ...(until && { until }),
    decide: async (dir, { totals }, at) => {
      const text = readFileSync(path.join(dir, 'trials.jsonl'), 'utf8');
      looks.push({ ...at, planned: totals.planned, trials: text.split('\n').length - 1 });
      return choices[at.look - 1] ?? null;
    },
    conclude: async (_dir, summary, last) => {
      ended.push(last);
      return { ...summary, gate: { status: 'inconclusive', reasons: ['Held'] } };
    },
  };
  return { against, looks, ended };
}

function suiteOf(tasks: readonly Partial<Task>[], more: Partial<Suite> = {}): Suite {
  const plain = tasks.map((task, at) => taskOf(`t${at + 1}`, { expect: {}, trials: 2, ...task }));
  return politeSuite(plain, { judges: {}, ...more });
}

const run = (suite: Suite, options: Partial<RunOptions>) =>
  runJudged([suite], { agentKinds: [agentFailing([])], concurrency: 1, ...options });

describe('runRounds()', () => {
  it('runs more trials of the rows that are open, and keeps all of it', async () => {
    const { against, looks, ended } = wanting([ALL, ({ task }) => task === 't2']);
    const planned: number[] = [];
    const stored = await run(suiteOf([{}, {}]), {
      against,
      agentKinds: [agentFailing(['t2#5'])],
      onTrial: (_result, count) => planned.push(count),
    });
    expect(looks).toEqual([
      { look: 1, looks: 5, planned: 4, trials: 4 },
      { look: 2, looks: 5, planned: 8, trials: 8 },
      { look: 3, looks: 5, planned: 10, trials: 10 },
    ]);
    expect(ended).toEqual([{ look: 3, looks: 5, stopped: null }]);
    expect(planned).toEqual([4, 4, 4, 4, 8, 8, 8, 8, 10, 10]);
    const results = await resultsOf(stored);
    expect(results.map(({ task, trial, status }) => `${task}#${trial} ${status}`)).toEqual([
      ...['t1#1 pass', 't1#2 pass', 't1#3 pass', 't1#4 pass', 't2#1 pass', 't2#2 pass'],
      ...['t2#3 pass', 't2#4 pass', 't2#5 fail', 't2#6 pass'],
    ]);
    expect(stored.summary?.rows.map(({ trials, passed }) => [trials, passed])).toEqual([
      ...[
        [4, 4],
        [6, 5],
      ],
    ]);
    expect(stored.summary?.plan_digest).toBe(stored.plan.plan_digest);
    expect(stored.summary?.gate).toEqual({ status: 'inconclusive', reasons: ['Held'] });
  });

  it('asks after every look but the last', async () => {
    const { against, looks, ended } = wanting([ALL, ALL, ALL, ALL, ALL], { trials: 6 });
    const stored = await run(suiteOf([{}]), { against });
    expect(looks.map(({ look }) => look)).toEqual([1, 2]);
    expect(ended).toEqual([{ look: 3, looks: 3, stopped: null }]);
    expect(stored.plan.rows[0]?.trial_ids.length).toBe(6);
  });

  it('asks nothing where no more trials are wanted', async () => {
    const { against, looks, ended } = wanting([ALL], undefined);
    await run(suiteOf([{}]), { against: { decide: against.decide, conclude: against.conclude } });
    expect([looks, ended]).toEqual([[], [{ look: 1, looks: 1, stopped: null }]]);
  });

  it('keeps what a task asks for when its trials grow', async () => {
    const { against } = wanting([ALL]);
    const tasks: Partial<Task>[] = [{ pass: { at_least: 1 } }, { pass: 'any' }, { pass: 'all' }];
    const stored = await run(suiteOf(tasks), {
      against,
      agentKinds: [agentFailing([1, 2, 3].flatMap((t) => [2, 3, 4].map((n) => `t${t}#${n}`)))],
    });
    expect(stored.plan.rows.map(({ pass }) => pass)).toEqual([{ rate: 0.5 }, { rate: 0.5 }, 'all']);
    expect(stored.plan.rows[0]?.grown_from).toBe(2);
    expect(stored.summary?.rows[0]?.grown_from).toBe(2);
    expect(stored.summary?.rows.map(({ status }) => status)).toEqual(['fail', 'fail', 'fail']);
  });

  it.each<[string, Suite, Partial<RunOptions>, RegExp]>([
    ['a recorded agent', suiteOf([{}]), { agentKinds: [agentFailing([], false)] }, /is recorded/],
    [
      'a script',
      suiteOf([{}], {
        agents: [{ ...suiteOf([]).agents[0], script: [] } as Suite['agents'][number]],
      }),
      {},
      /follow a script/,
    ], // only the script is added
    [
      'a recording',
      suiteOf([{}], {
        agents: [{ ...suiteOf([]).agents[0], recording: '/r' } as Suite['agents'][number]],
      }),
      {},
      /--record/,
    ], // only the recording is added
    [
      'judges that answer from a recording',
      politeSuite([taskOf('t1')]),
      {
        deskOf: () => ({
          needsCalls: () => false,
          canaries: () => new Map(),
          judge: async () => ({ status: 'pass', score: 1, reason: '', evidence: [] }),
        }),
      },
      /--judge live/,
    ],
    [
      'a ceiling of cost',
      suiteOf([{}]),
      { ceilings: { maxCostUsd: 3 } },
      /2 more would go beyond the ceiling of \$3 \(--max-cost\)/,
    ],
    [
      'a trial that failed',
      suiteOf([{}]),
      { bail: true, agentKinds: [agentFailing(['t1#2'])] },
      /--bail/,
    ],
    ['an interruption', suiteOf([{}]), { signal: AbortSignal.abort() }, /Interrupted/],
  ])('stops at %s, and says so', async (_what, suite, options, words) => {
    const { against, ended } = wanting([ALL, ALL]);
    const stored = await run(suite, { against, ...options });
    expect(ended[0]?.look).toBe(1);
    expect(ended[0]?.stopped).toMatch(words);
    expect(stored.plan.rows[0]?.trials).toBe(stored.summary?.totals.planned);
  });

  it('plans as many looks as the ceiling of cost allows by the first trials', async () => {
    const { against, ended } = wanting([ALL, ALL, ALL]);
    const stored = await run(suiteOf([{}]), { against, ceilings: { maxCostUsd: 5 }, live: QUIET });
    expect(ended).toEqual([
      { look: 2, looks: 2, stopped: expect.stringMatching(/4 more would go beyond/) },
    ]);
    expect(stored.summary?.totals).toMatchObject({ planned: 4, pass: 4, skip: 0 });
  });

  it('begins no round that goes beyond the ceiling where later trials are dearer', async () => {
    const { against, ended } = wanting([ALL, ALL, ALL]);
    const agentKinds = [agentFailing([], true, (trial) => (trial > 2 ? 3 : 1))];
    const stored = await run(suiteOf([{}]), { against, agentKinds, ceilings: { maxCostUsd: 11 } });
    expect(ended).toEqual([
      { look: 2, looks: 5, stopped: expect.stringMatching(/2 more would go beyond/) },
    ]);
    expect(stored.summary?.totals).toMatchObject({ planned: 4, pass: 4, skip: 0 });
  });

  it('leaves a plan of trials that never ran where a round breaks', async () => {
    const { against } = wanting([ALL]);
    let dir = '';
    const broken = run(suiteOf([{}]), {
      against: {
        ...against,
        decide: async (folder) => {
          dir = folder;
          return ALL;
        },
      },
      onTrial: (_result, planned) => {
        if (planned > 2) throw new Error('Broken');
      },
    });
    await expect(broken).rejects.toThrow('Broken');
    const plan = JSON.parse(readFileSync(path.join(dir, 'plan.json'), 'utf8'));
    expect(plan.rows[0].trial_ids.length).toBe(4);
    expect(() => readFileSync(path.join(dir, 'run.json'))).toThrow(/ENOENT/);
  });

  it('refuses a number of trials before anything is written', async () => {
    const { against } = wanting([ALL], { trials: 2 });
    await expect(run(suiteOf([{}]), { against })).rejects.toThrow(/--until-decided=2/);
  });
});
