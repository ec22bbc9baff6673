import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RanTrial, runLive } from './live-project.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 60_000 };
let folder = '';
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => remove(folder));

const TASK = { id: 'refund', input: 'Refund order 1042.', expect: { answer: 'Refunded.' } };
const tools = {
  get_order: { effect: 'read', mock: [{ result: { total: 42.5, items: ['mug'] } }] },
  pay: { effect: 'irreversible', mock: [{ result: 'paid' }] },
};
const GOOD = `export default async (task, context) => {
  await context.callTool('get_order', { order_id: '1042' });
  return 'Refunded.';
};\n`;

/** Runs a module agent, the body of a function, under what the suite says. */
async function run(body: string, more: Readonly<Record<string, unknown>>): Promise<RanTrial> {
  const file = `export default async (task, context) => { ${body} };\n`;
  const agents = { agent: { module: './agent.mjs' } };
  const files = { 'agent.mjs': file, 'good.mjs': GOOD };
  const { agent, good } = await runLive(folder, {
    agents,
    files,
    more: { tools, tasks: [TASK], ...more },
  });
  expect(good).toMatchObject({ status: 'pass' });
  if (!agent) throw new Error('The agent did not run');
  return agent;
}

const LOOP = `for (;;) await context.callTool('get_order', { order_id: '1042' })`;
const reasonOf = ({ verdicts }: RanTrial, path: string) =>
  verdicts.find((verdict) => verdict.path === path && verdict.status === 'fail')?.reason;

describe('a runaway', () => {
  it('is stopped as its loop forms, and the verdict says why', LONG, async () => {
    const ran = await run(LOOP, { expect: { no_loops: true } });
    expect(ran).toMatchObject({ status: 'fail', stop: 'limit', limit: 'no_loops', tool_calls: 4 });
    const words = 'Step 7 calls get_order(order_id: "1042") for the 4th time with the same result';
    expect(reasonOf(ran, 'suite.expect.no_loops')).toBe(words);
    expect(ran.verdicts.find(({ path }) => path === 'expect.stop')?.reason).toContain(words);
  });

  it('is stopped where several actors go round', LONG, async () => {
    const body = `for (let n = 0; n < 50; n++) { context.handoff('a', 'b'); context.handoff('b', 'a'); }
      return 'Refunded.'`;
    const ran = await run(body, { expect: { no_loops: true }, limits: { seconds: 20 } });
    expect(ran).toMatchObject({ status: 'fail', stop: 'limit', limit: 'no_loops' });
    expect(reasonOf(ran, 'suite.expect.no_loops')).toMatch(/^a and b hand over to each other/);
  });

  it('is not stopped for what is only preferred, or must not hold', LONG, async () => {
    const body = `for (let n = 0; n < 6; n++) await context.callTool('get_order', { order_id: '1042' });
      return 'Refunded.'`;
    const tasks = [{ ...TASK, prefer: { no_loops: true } }];
    expect(await run(body, { tasks })).toMatchObject({ status: 'pass', stop: 'completed' });
    const ran = await runLive(folder, {
      agents: { agent: { module: './agent.mjs' } },
      files: { 'agent.mjs': `export default async (task, context) => { ${body} };\n` },
      more: { tools, tasks: [TASK], expect: { not: [{ no_loops: true }] } },
    });
    expect(ran['agent']).toMatchObject({ status: 'pass', stop: 'completed' });
  });
});

describe('a budget of effects', () => {
  it('stops a trial before the call above it runs', LONG, async () => {
    const body = `for (let n = 0; ; n++) await context.callTool('pay', { n })`;
    const ran = await run(body, { limits: { irreversible: 2 } });
    expect(ran).toMatchObject({
      ...{ status: 'fail', stop: 'limit', limit: 'irreversible' },
      blast_radius: { writes: 2, irreversible: 2, reversible: 0, external: 0, blocked: 1 },
    });
    expect(ran.steps.at(-1)).toMatchObject({ type: 'tool_result', tool: 'pay', blocked: 'limit' });
    expect(reasonOf(ran, 'suite.limits')).toBe('irreversible 3 is above the ceiling of 2');
  });

  it('is held for one actor', LONG, async () => {
    const body = `for (let n = 0; ; n++) {
      await context.callTool('pay', { n }, { actor: 'front' });
      await context.callTool('pay', { n }, { actor: 'billing' });
    }`;
    const ran = await run(body, {
      limits: { actors: { billing: { writes: 1 } } },
      tasks: [{ ...TASK, limits: { actors: { billing: { tool_calls: 7 } } } }],
    });
    expect(ran).toMatchObject({ status: 'fail', limit: 'actors.billing.writes', tool_calls: 4 });
  });
});
