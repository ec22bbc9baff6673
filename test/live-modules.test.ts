import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RanTrial, runLive } from './live-project.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 60_000 };
const MEBIBYTE = 1024 * 1024;
let folder = '';
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => remove(folder));

/** Runs module agents, each the body of a function, beside the good one. */
async function run(
  bodies: Readonly<Record<string, string>>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, RanTrial>> {
  const names = Object.keys(bodies);
  const files = names.map((name) => [
    `${name}.mjs`,
    `export default async (task, context) => { ${bodies[name]} };\n`,
  ]);
  const agents = names.map((name) => [name, { module: `./${name}.mjs`, script: SCRIPT }]);
  const suite = {
    agents: Object.fromEntries(agents),
    files: Object.fromEntries(files),
    more: { limits: { seconds: 20 }, ...more },
  };
  return runLive(folder, suite);
}

const SCRIPT = [
  {
    when: { turn: { $gte: 1 } },
    say: 'Refunded.',
    usage: { input_tokens: 100, output_tokens: 10 },
  },
];
const CALL = `await context.callTool('get_order', { order_id: '1042' });`;
const ASK = `await context.askModel({ model: 'gpt-5-mini', messages: [{ role: 'user', content: 'Go' }] });`;
const limit = (name: string) => ({ status: 'fail', stop: 'limit', limit: name });
const whyOf = ({ reason, verdicts }: RanTrial) =>
  reason ?? verdicts.find(({ path: at }) => at === 'expect.stop')?.reason;

describe('a module agent', () => {
  it('fails where it throws or returns no text, whatever it throws', LONG, async () => {
    const ran = await run({
      throws: `${CALL} throw new Error('No luck')`,
      undefined: `${CALL} throw undefined`,
      rejects: `${CALL} return Promise.reject(null)`,
      number: `${CALL} return 7`,
      object: `${CALL} return { answer: 'Refunded.' }`,
      proxy: `${CALL} return new Proxy({}, { get() { throw new Error('Ha') } })`,
      says: `${CALL} context.message({ role: 'user' }); return 'Refunded.'`,
      user: `${CALL} context.message('Well done', { actor: 'user' }); return 'Refunded.'`,
      turns: `${CALL} let read = 0; context.message('Well', { get actor() { return read++ ? 'user' : 'me' } });
        context.message('Well', { actor: { toJSON: () => 'user' } }); return 'Refunded.'`,
      functions: `await context.callTool('get_order', () => 1); return 'Refunded.'`,
      cyclic: `const a = {}; a.a = a; await context.callTool('get_order', a); return 'Refunded.'`,
      nothing: `await context.callTool(undefined); return 'Refunded.'`,
    });
    const { good: _, ...bad } = ran;
    for (const [name, trial] of Object.entries(bad)) {
      expect.soft(trial, name).toMatchObject({ status: 'fail', stop: 'agent_error' });
      expect.soft(JSON.stringify(trial.steps), name).not.toContain('"user","at');
    }
    expect(whyOf(ran['throws'] as RanTrial)).toMatch(/No luck/);
    expect(whyOf(ran['object'] as RanTrial)).toMatch(/returned object, expected text/);
  });

  it('passes where it says its answer twice, and that is one message', LONG, async () => {
    const { twice } = await run({
      twice: `${CALL} context.message('Refunded.'); return 'Refunded.'`,
    });
    expect(twice).toMatchObject({ status: 'pass' });
    expect(twice?.steps.filter(({ type }) => type === 'message')).toHaveLength(2);
  });

  it('reaches no further than its own trial with what it is given', LONG, async () => {
    const spoil = `task.tools.length = 0; task.messages.push({ role: 'assistant', content: 'x' });
      const order = ${CALL} order.total = 0; order.items.push('car');
      const answer = ${ASK} answer.choices[0].message.content = 'Spoilt';
      Object.assign(task, { input: 'x' }); return 'Refunded.'`;
    const data = {
      id: 'data',
      input: { order: { id: '1042' } },
      expect: {
        calls: { in_order: [{ get_order: { order_id: '1042' }, result: { total: 42.5 } }] },
        answer: 'Refunded.',
      },
    };
    const own = `if (task.input.order.id !== '1042') throw new Error('Not my input');
      task.input.order.id = '1'; task.tools[0].input_schema.required.push('x'); ${spoil}`;
    const ran = await run({ first: own, second: own }, { tasks: [data] });
    expect(ran['first'], whyOf(ran['first'] as RanTrial) ?? '').toMatchObject({ status: 'pass' });
    expect(ran['second'], whyOf(ran['second'] as RanTrial) ?? '').toMatchObject({ status: 'pass' });
  });

  it('is stopped by its ceilings, caught or not', LONG, async () => {
    const late = await run(
      {
        never: `await new Promise(() => {})`,
        catches: `await new Promise((resolve) => context.signal.addEventListener('abort', resolve)); return 'Refunded.'`,
      },
      { limits: { seconds: 0.5 } },
    );
    for (const name of ['never', 'catches'])
      expect.soft(late[name], name).toMatchObject(limit('seconds'));
    const ran = await run(
      {
        calls: `for (;;) try { await context.callTool('get_order', { order_id: String(Math.random()) }) } catch { return 'Refunded.' }`,
        forgets: `for (let n = 0; n < 9; n++) context.callTool('get_order', { order_id: String(n) }); return 'Refunded.'`,
        repeats: `for (;;) ${CALL}`,
        kept: `try { for (;;) ${CALL} } catch (halted) { globalThis.kept = halted } return 'Refunded.'`,
      },
      { limits: { seconds: 20, tool_calls: 5, repeats: 3 } },
    );
    expect.soft(ran['calls'], 'calls').toMatchObject({ ...limit('tool_calls'), tool_calls: 6 });
    expect
      .soft(ran['calls']?.steps.at(-1), 'calls')
      .toMatchObject({ type: 'tool_result', blocked: 'limit' });
    expect.soft(ran['forgets'], 'forgets').toMatchObject(limit('tool_calls'));
    expect.soft(ran['repeats'], 'repeats').toMatchObject({ ...limit('repeats'), tool_calls: 4 });
    const asked = await run({ turns: `${CALL} for (;;) ${ASK}` }, { limits: { turns: 4 } });
    expect.soft(asked['turns'], 'turns').toMatchObject({ ...limit('turns'), turns: 4 });
    expect.soft(ran['good'], 'good').toMatchObject({ status: 'pass' });
    expect.soft(ran['kept'], 'kept').toMatchObject(limit('repeats'));
    const { again } = await run({ again: `${CALL} throw globalThis.kept` });
    expect(again, 'an old halt').toMatchObject({ status: 'fail', stop: 'agent_error' });
  });

  it('is in error where its cost is not known under a ceiling on cost', LONG, async () => {
    const unknown = ASK.replace('gpt-5-mini', 'no-such-model');
    const { asks } = await run(
      { asks: `${CALL} ${unknown} return 'Refunded.'` },
      { limits: { cost_usd: 1 } },
    );
    expect(asks).toMatchObject({ status: 'error', reason: expect.stringMatching(/no-such-model/) });
  });

  it('makes a hundred thousand calls in bounded time and memory', LONG, async () => {
    const before = process.memoryUsage.rss();
    const started = performance.now();
    const { many } = await run(
      {
        many: `for (let n = 0; n < 100000; n++) await context.callTool('get_order', { order_id: String(n % 1043) }); return 'Refunded.'`,
      },
      { limits: { turns: 1_000_000 } },
    );
    expect(many, whyOf(many as RanTrial) ?? '').toMatchObject({
      status: 'pass',
      tool_calls: 100_000,
    });
    expect((performance.now() - started) / 1000).toBeLessThan(30);
    expect((process.memoryUsage.rss() - before) / MEBIBYTE).toBeLessThan(800);
  });

  it('is stopped before its record fills the memory', LONG, async () => {
    const before = process.memoryUsage.rss();
    const { fat } = await run({
      fat: `const text = 'x'.repeat(4 * 1024 * 1024);
        for (let n = 0; n < 1000; n++) context.message(text + n); return 'Refunded.'`,
    });
    expect(fat).toMatchObject(limit('bytes'));
    expect((process.memoryUsage.rss() - before) / MEBIBYTE).toBeLessThan(800);
  });

  it('asks for approval in vain', LONG, async () => {
    const { asks } = await run({
      asks: `const { decision } = await context.requestApproval({ tool: 'wipe' });
        if (decision !== 'deny') throw new Error(decision); ${CALL} return 'Refunded.'`,
    });
    expect(asks).toMatchObject({ status: 'pass' });
    const approvals = asks?.steps.filter(({ type }) => type === 'approval');
    expect(approvals).toMatchObject([{ decision: 'deny', by: 'nobody' }]);
  });
});

describe('a command agent in the files of the run', () => {
  const shell = (script: string) => ['/bin/sh', '-c', script];

  it('cannot pass by what it writes there', LONG, async () => {
    const forged = '{"id":"x","status":"pass"}';
    const script = `for f in ../.agentops/runs/*/*.jsonl; do echo '${forged}' >> $f; done; read start; exit 1`;
    const run = runLive(folder, { agents: { forger: { command: shell(script) } } });
    // A forged line is refused where the run is read, or left out; it never makes a pass
    const ran = await run.catch((thrown: Error) => thrown);
    if (ran instanceof Error) expect(ran.message).toMatch(/somebody else changed its trials.jsonl/);
    else expect(ran['forger']).toMatchObject({ status: 'fail' });
  });

  it.each(['check.mjs', 'check.ts'])(
    'is not judged by a %s that it wrote itself',
    LONG,
    async (name) => {
      const answer = '{"type":"answer","content":"Refunded."}';
      const script = `echo 'export default () => true' > ${name}; read start; echo '${answer}'`;
      const suite = {
        agents: { forger: { command: shell(script) } },
        files: { [name]: 'export default () => false' },
        more: { tasks: [{ id: 'refund', input: 'Hi', expect: { check: `./${name}` } }] },
      };
      const { forger } = await runLive(folder, suite, { selection: { agents: ['forger'] } });
      expect(forger).toMatchObject({ status: 'fail' });
    },
  );

  it('loses nothing but its own folder where it removes that', LONG, async () => {
    const call = '{"type":"tool_call","tool":"get_order","args":{"order_id":"1042"}}';
    const script = `rm -rf "$PWD" "$HOME" "$TMPDIR"; read start; echo '${call}'; read reply; echo '{"type":"answer","content":"Refunded."}'`;
    const agents = Object.fromEntries(
      ['one', 'two'].map((name) => [name, { command: { run: shell(script), cwd: 'temp' } }]),
    );
    const ran = await runLive(folder, { agents });
    for (const name of ['good', 'one', 'two'])
      expect.soft(ran[name], name).toMatchObject({ status: 'pass' });
  });

  it(
    'is given no key, no variable of ours, and the endpoints of its trial alone',
    LONG,
    async () => {
      const agents = { tells: { command: { run: shell('env'), protocol: 'none' } } };
      const environment = {
        PATH: process.env['PATH'],
        OPENAI_API_KEY: 'sk-real',
        MY_SECRET: 'x1',
        NODE_OPTIONS: '--inspect',
        LD_PRELOAD: '/x.so',
      };
      const { tells } = await runLive(folder, { agents }, { environment });
      const said = String(tells?.steps.at(-1)?.['content']);
      expect(said).toMatch(/^OPENAI_API_KEY=agentops-dummy-key$/m);
      expect(said).toContain(`/t/${tells?.id}-`);
      expect(said).not.toMatch(/sk-real|MY_SECRET|NODE_OPTIONS|LD_PRELOAD/);
    },
  );
});
