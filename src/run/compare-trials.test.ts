import { afterEach, describe, expect, it, vi } from 'vitest';
import { storedAgents } from '../agents/stored.ts';
import { comparePair, type PairOutcome } from '../panel/compare-pair.ts';
import type { StoredRun } from '../store/stored-run.ts';
import { askedJudges } from './asked-judges.ts';
import { type CompareOptions, compareTrials } from './compare-trials.ts';
import {
  deskSaying,
  greeting,
  POLITE,
  politeSuite,
  runJudged,
  saying,
  taskOf,
} from './judged-run.test-support.ts';
import { realTime } from './real-time.ts';

vi.mock('../panel/compare-pair.ts', () => ({ comparePair: vi.fn() }));
const asked = vi.mocked(comparePair);
afterEach(() => asked.mockReset());

const options: CompareOptions = {
  judge: 'recorded',
  random: () => 0.5,
  secrets: {},
  ceilings: {},
  signal: new AbortController().signal,
  live: { ...realTime(), environment: {}, endpoints: null, prices: new Map(), record: false },
};

function outcome(winner: PairOutcome['winner'], consistent = true): PairOutcome {
  return { winner, consistent, reason: 'For a reason' } as PairOutcome; // of any shape beside these
}

function run(tasks = [taskOf('greet')], agent = 'greeter'): Promise<StoredRun> {
  const suite = politeSuite(tasks);
  const agents = suite.agents.map((one) => ({ ...one, name: agent }));
  return runJudged([{ ...suite, agents }], {
    agentKinds: [greeting(() => undefined)],
    deskOf: () => deskSaying(async () => saying('pass')),
  });
}

describe('compareTrials()', () => {
  it('tells which run is better by the judge of each task, whatever a single agent is called', async () => {
    asked
      .mockResolvedValueOnce(outcome('first'))
      .mockResolvedValueOnce(outcome('second'))
      .mockResolvedValueOnce(outcome('tie', false))
      .mockResolvedValueOnce(outcome(null, false));
    const base = await run([taskOf('greet', { trials: 5 })]);
    const head = await run([taskOf('greet', { trials: 4 })], 'new-greeter');
    const { trials, notes } = await compareTrials(
      { base, head, suites: [politeSuite([taskOf('greet')])] },
      options,
    );
    expect(notes).toEqual([
      'Not compared, as only one of the runs has them: 1 trials of base, 0 of head',
    ]);
    expect(trials.map(({ better, consistent }) => [better, consistent])).toEqual([
      ['base', true],
      ['head', true],
      ['tie', false],
      [null, false],
    ]);
    expect(trials[0]).toMatchObject({
      ...{ suite: 'shop', task: 'greet', trial: 1, judge: 'polite', reason: 'For a reason' },
      agents: { base: 'greeter', head: 'new-greeter' },
    });
    expect(asked.mock.calls[0]?.[1]).toBe(POLITE);
  });

  it('leaves a trial undecided where there is nothing to compare, and says why', async () => {
    const abort = new AbortController();
    const base = await run();
    const head = await runJudged([politeSuite([taskOf('greet')])], {
      agentKinds: [greeting(() => Promise.reject(new Error('It is not there')))],
      deskOf: () => deskSaying(async () => saying('pass')),
      signal: abort.signal,
    });
    const suites = [politeSuite([taskOf('greet')])];
    const { trials } = await compareTrials({ base, head, suites }, options);
    expect(trials).toMatchObject([
      { better: null, reason: 'There is nothing to compare in head: It is not there' },
    ]);
    expect(asked).not.toHaveBeenCalled();
  });

  it('asks nobody any more after an interruption', async () => {
    const both = await run();
    const abort = new AbortController();
    abort.abort();
    const suites = [politeSuite([taskOf('greet')])];
    const runs = { base: both, head: both, suites };
    const { trials } = await compareTrials(runs, { ...options, signal: abort.signal });
    expect(trials).toMatchObject([{ better: null, reason: 'Interrupted' }]);
  });

  it('compares nothing by judges that are not wanted', async () => {
    const both = await run();
    const suites = [politeSuite([taskOf('greet')])];
    const runs = { base: both, head: both, suites };
    expect((await compareTrials(runs, { ...options, only: ['other'] })).trials).toEqual([]);
  });

  it('compares a run that was judged again as well', async () => {
    asked.mockResolvedValue(outcome('tie'));
    const base = await run();
    const suite = politeSuite([taskOf('greet')]);
    const agents = suite.agents.map((agent) => ({ ...agent, kind: 'stored' }));
    const head = await runJudged([{ ...suite, agents }], {
      agentKinds: [storedAgents(base)],
      deskOf: () => deskSaying(async () => saying('pass')),
    });
    const { trials } = await compareTrials({ base, head, suites: [suite] }, options);
    expect(trials).toMatchObject([{ better: 'tie' }]);
  });
});

describe('askedJudges()', () => {
  it('finds judges wherever a task names them, each once, with the right answer that stands there', () => {
    const other = { ...POLITE, name: 'other' };
    const suite = politeSuite([], {
      judges: { polite: POLITE, other },
      expect: { judge: { polite: {} } },
    });
    const found = (more: object) =>
      askedJudges(suite, taskOf('t', { expect: {}, ...more })).map(({ name }) => name);
    expect(found({})).toEqual(['polite']);
    expect(found({ prefer: { judge: { other: {} } } })).toEqual(['polite', 'other']);
    expect(found({ expect: { not: [{ judge: { other: {} } }] } })).toEqual(['other', 'polite']);
    expect(found({ conversation: [{ user: 'Hi', expect: { judge: { other: {} } } }] })).toEqual([
      'polite',
      'other',
    ]);
    expect(found({ expect: { judge: { constructor: {} } } })).toEqual(['polite']);
    const [spec] = askedJudges(
      suite,
      taskOf('t', { expect: { judge: { polite: { reference: 'Hello!' } } } }),
    );
    expect(spec?.reference).toBe('Hello!');
  });
});
