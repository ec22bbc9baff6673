import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { leftOver, type RanTrial, runLive } from './live-project.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 60_000 };
const onLinux = process.platform === 'linux';
const MEBIBYTE = 1024 * 1024;
let folder = '';
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => {
  remove(folder);
  // Those of other test files that run at this time are theirs
  if (onLinux) expect(leftOver(folder)).toEqual([]);
});

/** Stands in each command line, so that what is left is found. */
const MARK = 'hostile-agents-test';
const shell = (script: string) => ['/bin/sh', '-c', `${script}\n: ${MARK}`];
const say = (...lines: unknown[]) =>
  lines
    .map((line) => `printf '%s\\n' '${typeof line === 'string' ? line : JSON.stringify(line)}'`)
    .join('; ');

const CALL = { type: 'tool_call', tool: 'get_order', args: { order_id: '1042' } };
const ANSWER = { type: 'answer', content: 'Refunded.' };
const FOR_EVER = `sleep 1000 ${MARK}-x || while :; do sleep 1; done`;
/** Does what the task asks for, in the protocol. */
const PROPER = `read start; ${say(CALL)}; read reply; ${say(ANSWER)}; read end`;

interface Expected {
  readonly status: RanTrial['status'];
  readonly stop: RanTrial['stop'];
  readonly limit?: string;
  readonly reason?: RegExp;
}
type Case = readonly [what: string, command: unknown, expected: Expected];

/** Runs hostile programs side by side and beside a good agent. */
async function expectEach(
  cases: readonly Case[],
  limits: object = { seconds: 20 },
  files: Readonly<Record<string, string>> = {},
  mostSeconds = 30,
) {
  const agents = Object.fromEntries(cases.map(([, command], at) => [`bad${at}`, { command }]));
  const started = performance.now();
  const before = process.memoryUsage.rss();
  const ran = await runLive(folder, { agents, more: { limits }, files });
  expect.soft((performance.now() - started) / 1000, 'seconds').toBeLessThan(mostSeconds);
  // about 300 alone; the collector runs late where all cores are busy, and what floods is 1 GiB each
  expect.soft((process.memoryUsage.rss() - before) / MEBIBYTE, 'MiB').toBeLessThan(700);
  expect.soft(ran['good'], 'the good agent').toMatchObject({ status: 'pass' });
  for (const [at, [what, , { reason, ...expected }]] of cases.entries()) {
    const { status, stop, limit, reason: error, verdicts = [] } = ran[`bad${at}`] ?? {};
    const why = error ?? verdicts.find(({ path }) => path === 'expect.stop')?.reason ?? '';
    const told = { status, stop, ...(limit !== undefined && { limit }) };
    expect.soft(told, `${what}: ${why}`).toEqual(expected);
    if (reason) expect.soft(why, what).toMatch(reason);
  }
  return ran;
}

const LATE: Expected = { status: 'fail', stop: 'limit', limit: 'seconds' };
const BROKE: Expected = { status: 'fail', stop: 'agent_error' };
const PASS: Expected = { status: 'pass', stop: 'completed' };
const WRONG: Expected = { status: 'fail', stop: 'completed' };

describe('a command agent that does not end', () => {
  it('fails by its seconds, and nothing of it is left', LONG, async () => {
    await expectEach(
      [
        ['sleeps', shell(FOR_EVER), LATE],
        ['ignores SIGTERM', shell(`trap '' TERM HUP INT; ${FOR_EVER}`), LATE],
        ['busy', shell('while :; do :; done'), LATE],
        ['forks', shell(`for i in 1 2 3 4 5 6 7 8; do sleep 1000 & done; ${FOR_EVER}`), LATE],
        ['daemon', shell(`setsid setsid /bin/sh -c '${FOR_EVER}' & ${FOR_EVER}`), LATE],
        ['closes its pipes', shell(`exec <&- >&- 2>&-; ${FOR_EVER}`), LATE],
        ['floods stderr', shell('exec yes >&2'), LATE],
        [
          'answers when killed',
          shell(`trap '${PROPER.replaceAll("'", '"')}; exit 0' TERM; ${FOR_EVER} & wait`),
          LATE,
        ],
        [
          'prints its answer when killed',
          { run: shell("trap 'echo Refunded.; exit 0' TERM; sleep 1000 & wait"), protocol: 'none' },
          LATE,
        ],
      ],
      { seconds: 1.5 },
    );
  });
});

describe('a command agent that leaves something behind', () => {
  it('is judged by what it did, and nothing of it is left', LONG, async () => {
    await expectEach([
      ['proper', shell(PROPER), PASS],
      ['daemon', shell(`setsid /bin/sh -c '${FOR_EVER}' & ${PROPER}`), PASS],
      ['grandchild with its stdout', shell(`(sleep 1000 &) ; ${PROPER}`), PASS],
      ['double fork', shell(`(setsid sleep 1000 & ) & ${PROPER}; exit 0`), PASS],
    ]);
  });
});

describe('a command agent that floods', () => {
  it('fails, and memory stays bounded', LONG, async () => {
    const message = `{"type":"message","content":"${'x'.repeat(1000)}"}`;
    await expectEach([
      ['1 GB of text', { run: shell('yes | head -c 1000000000'), protocol: 'none' }, BROKE],
      ['1 GB of messages', shell(`exec yes '${message}'`), BROKE],
      ['an endless line', shell("tr '\\0' x < /dev/zero"), BROKE],
      [
        'a million lines',
        shell(`yes '{"type":"message","content":""}' | head -n 1000000`),
        { status: 'fail', stop: 'limit', limit: 'steps' },
      ],
    ]);
  });
});

describe('a command agent that ends', () => {
  it('has the status of how it ended', LONG, async () => {
    const nothing: Expected = { status: 'error', stop: 'completed' };
    await expectEach([
      ['no output', shell('read start; exit 0'), nothing],
      ['before it reads', shell('exit 0'), nothing],
      ['137', shell(`${PROPER}; exit 137`), { ...BROKE, reason: /exited with 137/ }],
      ['SIGSEGV', shell(`${PROPER}; kill -SEGV $$`), { ...BROKE, reason: /SIGSEGV/ }],
      ['1 after all went well', shell(`${PROPER}; exit 1`), BROKE],
      ['0 amid a call', shell(`read start; ${say(CALL)}; exit 0`), WRONG],
      ['without stdin', shell(`exec <&-; ${say(CALL, ANSWER)}`), PASS],
      ['no such program', ['./no-such-program'], { status: 'error', stop: null }],
      ['no text', { run: shell(':'), protocol: 'none' }, nothing],
      [
        'answers unwatched',
        { run: shell('echo Refunded.'), protocol: 'none' },
        { status: 'error', stop: 'completed' },
      ],
    ]);
  });
});

describe('a command agent that breaks the protocol', () => {
  it('fails with the line that does', LONG, async () => {
    const deep = `{"type":"tool_call","tool":"get_order","args":{"order_id":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`;
    const raw = (format: string) => shell(`read start; printf '${format}\\n'; read end`);
    const lines = (...said: unknown[]) => shell(`read start; ${say(...said)}; read end`);
    const actorKey = '{"type":"tool_call","tool":"wipe","__proto__":{"actor":"user"}}';
    await expectEach([
      ['words', lines('hello'), { ...BROKE, reason: /not JSON/ }],
      ['truncated', shell(`read start; printf '{"type":"answer","con'`), BROKE],
      ['NUL', raw('{"type":"answer","content":"\\000"}'), BROKE],
      ['no UTF-8', raw('{"type":"answer","content":"\\377"}'), { ...BROKE, reason: /UTF-8/ }],
      ['lone surrogate', lines('{"type":"answer","content":"\\ud800"}'), WRONG],
      ['NaN', lines('{"type":"model","cost_usd":NaN}'), BROKE],
      ['1e400 as cost', lines('{"type":"model","cost_usd":1e400}'), BROKE],
      ['negative cost', lines('{"type":"model","cost_usd":-1}'), BROKE],
      [
        '1e400 as argument',
        lines('{"type":"tool_call","tool":"get_order","args":{"order_id":1e400}}', ANSWER),
        WRONG,
      ],
      [
        'twice the type',
        lines('{"type":"answer","content":"Refunded.","type":"done"}'),
        { status: 'error', stop: 'completed' },
      ],
      [
        'another trial',
        lines({ ...ANSWER, trial: '0123456789abcdef' }),
        { ...BROKE, reason: /another trial/ },
      ],
      ['after its answer', lines(CALL, ANSWER, CALL), { ...BROKE, reason: /after it was done/ }],
      [
        'acts as the user',
        lines({ ...CALL, actor: 'user' }),
        { ...BROKE, reason: /cannot act as "user"/ },
      ],
      [
        'acts as the user by the prototype',
        lines(actorKey),
        { status: 'error', stop: null, reason: /wipe/ },
      ],
      [
        'speaks as the user',
        lines({ type: 'message', role: 'user', content: 'Fine.' }, { type: 'done' }),
        WRONG,
      ],
      ['approves itself', lines({ type: 'approval', decision: 'approve', id: 'c1' }), BROKE],
      ['records a result', lines({ type: 'tool_result', id: 'c1', result: 1 }), BROKE],
      ['an array', lines([CALL]), BROKE],
      ['an unknown type', lines({ type: '__proto__' }), BROKE],
      [
        'unmocked',
        lines({ ...CALL, tool: 'wipe' }),
        { status: 'error', stop: null, reason: /wipe/ },
      ],
      [
        'unknown tool',
        lines({ ...CALL, tool: 'constructor' }),
        { status: 'error', stop: null, reason: /constructor/ },
      ],
    ]);
    await expectEach(
      [['deep', ['/bin/cat', 'deep.jsonl'], { ...BROKE, reason: /levels/ }]],
      undefined,
      {
        'deep.jsonl': `${deep}\n`,
      },
    );
  });
});

describe('a command agent that calls without end', () => {
  const calls = (count: number) => `
    const lines = require('node:readline').createInterface({ input: process.stdin });
    let told = 0;
    const call = () => {
      for (let n = 0; n < 100 && told < ${count}; n++)
        process.stdout.write(JSON.stringify({ type: 'tool_call', tool: 'get_order', args: { order_id: String(told++ % 1043) } }) + '\\n');
    };
    let heard = 0;
    lines.on('line', () => {
      if (heard++ % 100 === 0) call();
      if (heard === ${count} + 1) process.stdout.write('{"type":"answer","content":"Refunded."}\\n');
    });
    lines.on('close', () => process.exit(0)); // ${MARK}`;
  const node = (count: number) => [process.execPath, '-e', calls(count)];

  it('may make a hundred thousand calls', { timeout: 120_000 }, async () => {
    const cases: Case[] = [['many', node(100_000), PASS]];
    const { bad0 } = await expectEach(cases, { turns: 1e6, seconds: 100 }, {}, 100);
    expect(bad0).toMatchObject({ tool_calls: 100_000 });
  });

  it('is stopped at its ceiling, and nothing above it is answered', LONG, async () => {
    const limit = (name: string): Expected => ({ status: 'fail', stop: 'limit', limit: name });
    const again = shell(
      `read start; while :; do ${say({ ...CALL, args: { order_id: '1' } })}; read reply; done`,
    );
    const deaf = shell(`yes '${JSON.stringify({ ...CALL, id: 'a' })}'`);
    const cases: Case[] = [
      ['many', node(100_000), limit('tool_calls')],
      ['repeats', again, limit('repeats')],
      ['does not read', deaf, limit('repeats')],
    ];
    const ran = await expectEach(cases, { tool_calls: 50, repeats: 10, seconds: 20 });
    expect(ran['bad0']).toMatchObject({ tool_calls: 51 });
    expect(ran['bad0']?.steps.at(-1)).toMatchObject({ type: 'tool_result', blocked: 'limit' });
  });
});

describe('a command agent in a conversation', () => {
  it('fails where it leaves before the conversation ends', LONG, async () => {
    const conversation = ['Refund it.', 'Thanks.'];
    const tasks = [{ id: 'two', conversation, expect: { never: ['wipe'] } }];
    const turn = `read said; ${say({ type: 'answer', content: 'Well' })}`;
    const agents = {
      stays: { command: shell(`${turn}; ${turn}; read end`) },
      leaves: { command: shell(turn) },
      interrupts: { command: shell(`${turn}; ${say(ANSWER)}; read said; read end`) },
      silent: { command: shell(`${turn}; ${FOR_EVER}`) },
    };
    const ran = await runLive(folder, { agents, more: { tasks, limits: { seconds: 3 } } });
    expect.soft(ran['stays'], 'stays').toMatchObject({ status: 'pass' });
    expect.soft(ran['leaves'], 'leaves').toMatchObject(BROKE);
    expect.soft(ran['silent'], 'silent').toMatchObject({ status: 'fail', stop: 'limit' });
    // Its second answer may come before or after the user speaks again
    expect.soft(['pass', 'fail'], 'interrupts').toContain(ran['interrupts']?.status);
  });
});
