import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handsOver, type MadeCall, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import type { Tools } from '../model/tool.ts';
import type { Step } from '../model/trajectory.ts';
import { blockOf, madeCalls, question } from './calls-arbitrary.test-support.ts';
import { decide } from './calls-oracle.test-support.ts';
import { verdictOf } from './verdict.test-support.ts';

const LONG = 60_000;

const tools: Tools = { t: { effect: 'irreversible' }, u: { effect: 'read' }, w: {} };

interface Among {
  effect?: string | string[];
  status?: string[];
  actor?: string | string[];
  tools?: string[];
}

const among: fc.Arbitrary<Among> = fc.record(
  {
    effect: fc.constantFrom('read', 'write', ['read', 'write'], 'irreversible'),
    status: fc.constantFrom(['ok'], ['failed', 'blocked'], ['unknown']),
    actor: fc.constantFrom('user', 'billing', ['billing', 'user'], '*'),
    tools: fc.constantFrom(['t'], ['t', 'u'], ['*']),
  },
  { requiredKeys: [] },
);

function isChosen(made: MadeCall, { effect, status, actor, tools: names }: Among): boolean {
  const own = tools[made.tool]?.effect;
  const effects = [effect ?? []].flat();
  const hasEffect =
    own === undefined ||
    effects.includes(own) ||
    (own === 'irreversible' && effects.includes('write'));
  const state = made.status ?? 'ok';
  const actors = [actor ?? []].flat();
  const isBy =
    actor === undefined
      ? made.actor !== 'user'
      : actors.includes('*') || (made.actor !== undefined && actors.includes(made.actor));
  return (
    (effect === undefined || hasEffect) &&
    (status === undefined || state === 'unknown' || status.includes(state)) &&
    isBy &&
    (names === undefined || names.includes('*') || names.includes(made.tool))
  );
}

describe('calls with among', () => {
  it(
    'looks at exactly the calls that are chosen, in every list mode',
    async () => {
      const property = fc.asyncProperty(
        question,
        among,
        madeCalls,
        async (asked, choice, calls) => {
          const required = { ...asked, least: 2 as const };
          const seen = calls.filter((made) => isChosen(made, choice));
          const expected = decide(required, seen);
          const value = { ...blockOf(required), among: choice };
          const { status, score } = await verdictOf(trajectoryOf(calls), 'calls', value, { tools });
          expect(status).toBe(expected.pass ? 'pass' : 'fail');
          expect(score).toBeCloseTo(expected.score, 12);
        },
      );
      await fc.assert(property, { seed: 1, numRuns: 1500 });
    },
    LONG,
  );

  it(
    'counts the calls of each tool among those that are chosen',
    async () => {
      const most = fc.integer({ min: 0, max: 3 });
      const range = fc
        .tuple(fc.option(most), fc.option(most))
        .filter(([min, max]) => (min ?? max) !== null && (min ?? 0) <= (max ?? 9))
        .map(([min, max]) => ({ ...(min !== null && { min }), ...(max !== null && { max }) }));
      const count = fc.dictionary(fc.constantFrom('t', 'u', 'w', '*'), fc.oneof(most, range), {
        minKeys: 1,
      });
      const property = fc.asyncProperty(count, among, madeCalls, async (wanted, choice, calls) => {
        const seen = calls.filter((made) => isChosen(made, choice));
        let [matched, off] = [0, 0];
        for (const [tool, bound] of Object.entries(wanted)) {
          const made = seen.filter((one) => tool === '*' || one.tool === tool).length;
          const { min = 0, max = 99 } =
            typeof bound === 'number'
              ? { min: bound, max: bound }
              : (bound as { min?: number; max?: number });
          matched += Math.min(made, max);
          off += Math.max(0, min - made) + Math.max(0, made - max);
        }
        const value = { count: wanted, among: choice };
        const { status, score } = await verdictOf(trajectoryOf(calls), 'calls', value, { tools });
        expect(status).toBe(off === 0 ? 'pass' : 'fail');
        expect(score).toBeCloseTo(off === 0 ? 1 : matched / (matched + off), 12);
      });
      await fc.assert(property, { seed: 1, numRuns: 1000 });
    },
    LONG,
  );
});

const small = fc.constantFrom('a', 'b', 'c');

describe('no_loops', () => {
  it(
    'finds what looking at every window finds',
    async () => {
      const loopCall = fc.record({
        tool: fc.constantFrom('a', 'a', 'b', 'p'),
        result: fc.constantFrom(1, 1, 1, 2),
      });
      const rule = fc.record({
        repeats: fc.integer({ min: 1, max: 8 }),
        poll: fc.constantFrom([], ['p']),
      });
      const calls = fc.array(loopCall, { maxLength: 16 });
      const property = fc.asyncProperty(calls, rule, async (made, { repeats, poll }) => {
        const keys = made
          .filter(({ tool }) => !poll.some((name) => name === tool))
          .map((one) => `${one.tool} ${one.result}`);
        const repeated = keys.some((key) => keys.filter((one) => one === key).length > repeats);
        const status = repeated || cycles(keys, [2, 3, 4]) ? 'fail' : 'pass';
        const parts = made.map(({ tool, result }) => ({ tool, args: {}, result }));
        const verdict = await verdictOf(trajectoryOf([...parts, says('Done')]), 'no_loops', {
          repeats,
          poll,
        });
        expect(verdict.status).toBe(status);
      });
      await fc.assert(property, { seed: 1, numRuns: 1500 });
    },
    LONG,
  );

  it(
    'finds hand-overs that go back and forth three times',
    async () => {
      const chain = fc
        .array(small, { minLength: 2, maxLength: 12 })
        .map((actors) => actors.filter((actor, at) => actor !== actors[at - 1]));
      const property = fc.asyncProperty(chain, async (actors) => {
        const steps = actors.slice(1).map((to, at) => handsOver(actors[at] ?? '', to));
        const keys = actors.slice(1).map((to, at) => `${actors[at]} ${to}`);
        const verdict = await verdictOf(trajectoryOf([...steps, says('Done')]), 'no_loops', true);
        expect(verdict.status).toBe(cycles(keys, [2]) ? 'fail' : 'pass');
      });
      await fc.assert(property, { seed: 1, numRuns: 1000 });
    },
    LONG,
  );
});

/** Whether some window holds a cycle of such a length run through three times, not one call alone. */
function cycles(keys: readonly string[], lengths: readonly number[]): boolean {
  return lengths.some((length) =>
    keys.some((_, start) => {
      const rounds = [0, 1, 2].map((round) =>
        keys.slice(start + round * length, start + (round + 1) * length).join(),
      );
      const whole = start + 3 * length <= keys.length;
      const distinct = new Set(keys.slice(start, start + length)).size > 1;
      return whole && distinct && rounds.every((one) => one === rounds[0]);
    }),
  );
}

describe('handoffs', () => {
  it(
    'compares the chain of actors as a plain reading does',
    async () => {
      const actors = fc
        .array(small, { minLength: 1, maxLength: 5 })
        .map((chain) => chain.filter((actor, at) => actor !== chain[at - 1]));
      const wanted = fc.array(small, { minLength: 1, maxLength: 4 });
      const allowed = fc.dictionary(small, fc.uniqueArray(small, { maxLength: 3 }), { minKeys: 1 });
      const property = fc.asyncProperty(actors, wanted, allowed, async (chain, list, rule) => {
        const steps = chain.slice(1).map((to, at) => handsOver(chain[at] ?? '', to));
        const trajectory = trajectoryOf([{ ...says('Hello'), actor: chain[0] ?? '' }, ...steps]);
        const statusOf = async (value: unknown) =>
          (await verdictOf(trajectory, 'handoffs', value)).status;
        let met = 0;
        for (const actor of chain) if (actor === list[met]) met++;
        const kept = chain.slice(1).every((to, at) => rule[chain[at] ?? '']?.includes(to) ?? false);
        expect(await statusOf({ exact: list })).toBe(
          chain.join() === list.join() ? 'pass' : 'fail',
        );
        expect(await statusOf({ in_order: list })).toBe(met === list.length ? 'pass' : 'fail');
        expect(await statusOf({ allowed: rule })).toBe(kept ? 'pass' : 'fail');
      });
      await fc.assert(property, { seed: 1, numRuns: 700 });
    },
    LONG,
  );
});

interface Figures {
  turns: number;
  tool_calls: number;
  repeats: number;
  tokens: number | null;
  cost_usd: number | null;
  seconds: number | null;
}

const usageStep = fc.record({
  type: fc.constant('model'),
  usage: fc.record({ input_tokens: fc.nat({ max: 2 }), output_tokens: fc.nat({ max: 2 }) }),
  cost_usd: fc.nat({ max: 4 }).map((quarters) => quarters / 4),
});
const speech = fc.constantFrom(says('Yes'), { type: 'message', role: 'user', content: 'Go' });
const attempt = fc.record({
  tool: fc.constantFrom('t', 'u'),
  args: fc.record({ x: fc.nat({ max: 1 }) }),
  parallel: fc.constantFrom('p', 'q'),
});

function figuresOf(steps: readonly Step[]): Figures {
  const models = steps.filter(({ type }) => type === 'model') as {
    usage: { input_tokens: number; output_tokens: number };
    cost_usd: number;
  }[]; // as generated
  const acts = steps.map(
    ({ type, role }) => type === 'tool_call' || (type === 'message' && role === 'assistant'),
  );
  const runs = acts.filter((act, at) => act && !acts[at - 1]).length;
  const keys = steps
    .filter(({ type }) => type === 'tool_call')
    .map((step) => JSON.stringify([step['tool'], step['args']]));
  const sum = (values: readonly number[]) =>
    values.length === 0 ? null : values.reduce((total, one) => total + one, 0);
  const last = steps.findLast((step) => step['at_ms'] !== undefined);
  return {
    turns: models.length > 0 ? models.length : runs,
    tool_calls: keys.length,
    repeats: Math.max(0, ...keys.map((key) => keys.filter((one) => one === key).length)),
    tokens: sum(models.map(({ usage }) => usage.input_tokens + usage.output_tokens)),
    cost_usd: sum(models.map((one) => one.cost_usd)),
    seconds: last ? Number(last['at_ms']) / 1000 : null,
  };
}

describe('limits', () => {
  it(
    'allows n and not more, and is an error where a figure is missing',
    async () => {
      const part = fc.oneof(
        { weight: 1, arbitrary: usageStep },
        { weight: 2, arbitrary: speech },
        { weight: 3, arbitrary: attempt },
      );
      const parts = fc.array(fc.tuple(part, fc.option(fc.nat({ max: 3 }))), { maxLength: 7 });
      const keys = ['turns', 'tool_calls', 'repeats', 'tokens', 'cost_usd', 'seconds'] as const;
      const ceiling = fc.tuple(fc.constantFrom(...keys), fc.nat({ max: 4 }));
      const property = fc.asyncProperty(parts, ceiling, async (timed, [key, most]) => {
        const made = timed.map(([one, at]) =>
          'type' in one && at !== null ? { ...one, at_ms: at * 1000 } : one,
        ) as (MadeCall | Step)[]; // as generated
        const trajectory = trajectoryOf([...made, says('Done')]);
        const value = figuresOf(trajectory.steps)[key];
        const { status, reason } = await verdictOf(trajectory, 'limits', { [key]: most });
        expect(status).toBe(value === null ? 'error' : value > most ? 'fail' : 'pass');
        expect(reason).toContain(key);
      });
      await fc.assert(property, { seed: 1, numRuns: 1500 });
    },
    LONG,
  );
});
