import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { program, requireFreshBuild } from './built-cli.ts';
import { gives, model } from './judge-answers.ts';
import {
  judge,
  judged,
  judgedAs,
  KEY,
  lastTrials,
  recorded,
  recordingOf,
  trajectory,
  verdictOf,
  writeJudged,
} from './judged-project.ts';
import { hangs, late, refuses, says } from './misbehaving-model.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 60_000 };
const LIVE = ['eval', '--judge', 'live'];
const RECORDED = ['eval', '--judge', 'recorded'];

let folder = '';
beforeAll(requireFreshBuild);
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => remove(folder));

const good = gives();

/** Tasks that all ask one judge. */
function tasksFor(name: string, count: number) {
  return Array.from({ length: count }, (_, at) => ({
    id: `t${String(at).padStart(2, '0')}`,
    expect: { judge: { [name]: {} } },
  }));
}

const statuses = (trials: ReturnType<typeof lastTrials>) =>
  Object.values(trials).map(({ status }) => status);
const count = (all: readonly string[], wanted: string) =>
  all.filter((one) => one === wanted).length;

describe('a model that cannot be asked', () => {
  it(
    'is asked no more once its key is refused, or five judgements in a row were given up',
    LONG,
    async () => {
      const server = await model(({ body }) =>
        body['model'] === 'locked'
          ? refuses(401, { message: 'bad key' })
          : refuses(503, { message: 'busy' }, { 'retry-after-ms': '10' }),
      );
      const judges = { locked: judge('locked'), busy: judge('busy') };
      const tasks = Array.from({ length: 30 }, (_, at) => ({
        id: `t${at}`,
        expect: { judge: { locked: {}, busy: {} } },
      }));
      writeJudged(folder, { judges, tasks }, { url: server.url, endpoint: { concurrency: 1 } });
      const { code, trials, seconds } = await judged(folder, ...LIVE);
      expect(code).toBe(3);
      expect(count(statuses(trials), 'error')).toBe(30);
      expect(server.asked.filter(({ body }) => body['model'] === 'locked')).toHaveLength(1);
      expect(server.asked.filter(({ body }) => body['model'] === 'busy')).toHaveLength(5 * 6);
      expect(seconds).toBeLessThan(15);
      expect(recorded(folder)).toEqual([]);
      for (const trial of Object.values(trials)) {
        expect(verdictOf(trial, 'locked')?.reason).toContain('status 401');
        expect(verdictOf(trial, 'busy')?.reason).toContain('status 503 (busy)');
      }
    },
  );

  it('is asked in plain words once it turned out to know no schemas', LONG, async () => {
    const server = await model(({ body }) =>
      body['response_format'] === undefined
        ? good
        : refuses(400, { message: 'response_format is not supported' }),
    );
    writeJudged(
      folder,
      { judges: { plain: judge('plain') }, tasks: tasksFor('plain', 4) },
      { url: server.url, endpoint: { concurrency: 1 } },
    );
    expect(await judged(folder, ...LIVE)).toMatchObject({ code: 0 });
    expect(server.asked.map(({ schema }) => schema !== null)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(recorded(folder)).toHaveLength(4);
  });

  it('is not asked where the agent ran on it', LONG, async () => {
    const server = await model(() => good);
    const steps = [
      { type: 'message', role: 'user', content: 'Hello' },
      { type: 'model', model: 'openai/Judge-M-2026-01-31' },
      { type: 'message', role: 'assistant', content: 'Hello' },
    ];
    const judges = { own: judge('judge-m'), open: judge('judge-m', { may_judge_itself: true }) };
    const trajectories = ['own', 'open'].map((task) => trajectory(task, { steps }));
    writeJudged(folder, { judges, trajectories }, server);
    const { code, trials } = await judged(folder, ...LIVE);
    expect(code).toBe(3);
    expect(verdictOf(trials['own'])).toMatchObject({ status: 'error' });
    expect(verdictOf(trials['own'])?.reason).toContain('no model judges itself unless');
    expect(trials['open']).toMatchObject({ status: 'pass' });
    expect(server.asked).toHaveLength(1);
  });
});

describe('ballots', () => {
  const scored = (value: number) => gives({ answer: value });
  /** By model. */
  const says5 = scored(5);
  const behaviours: Readonly<Record<string, ReturnType<typeof gives>>> = {
    yes: good,
    yes2: good,
    no: gives({ answer: 'fail' }),
    no2: gives({ answer: 'fail' }),
    mute: says('…'),
    five: says5,
    five2: says5,
    one: scored(1),
  };
  it(
    'count as the judge says, and lost ones only where they could change nothing',
    LONG,
    async () => {
      const server = await model(({ body }) => behaviours[String(body['model'])] ?? good);
      const panel = (models: string[], more: object = {}) => ({
        ...{ models, rubric: 'Was the parcel found?' },
        ...more,
      });
      const scale = (models: string[], agree: string) => panel(models, { scale: [1, 5], agree });
      const cases: readonly (readonly [string, object, object, string])[] = [
        ['two-of-three', panel(['yes', 'no', 'yes2']), {}, 'pass'],
        ['one-of-three', panel(['yes', 'no', 'no2']), {}, 'fail'],
        ['lost-idle', panel(['yes', 'yes2', 'mute']), {}, 'pass'],
        ['lost-deciding', panel(['yes', 'no', 'mute']), {}, 'error'],
        ['all-lost', panel(['mute']), {}, 'error'],
        ['all-of', panel(['yes', 'yes2'], { agree: 'all' }), {}, 'pass'],
        ['all-but-one', panel(['yes', 'no'], { agree: 'all' }), {}, 'fail'],
        ['all-but-lost', panel(['yes', 'mute'], { agree: 'all' }), {}, 'error'],
        ['none-of-all', panel(['no', 'mute'], { agree: 'all' }), {}, 'fail'],
        ['any-of', panel(['no', 'yes'], { agree: 'any' }), {}, 'pass'],
        ['any-but-lost', panel(['yes', 'mute'], { agree: 'any' }), {}, 'pass'],
        ['none-but-lost', panel(['no', 'mute'], { agree: 'any' }), {}, 'error'],
        ['mean', scale(['five', 'one'], 'mean'), { at_least: 3 }, 'pass'],
        ['mean-below', scale(['five', 'one'], 'mean'), { at_least: 3.1 }, 'fail'],
        ['mean-lost', scale(['five', 'five2', 'mute'], 'mean'), { at_least: 3.6 }, 'pass'],
        ['mean-open', scale(['five', 'five2', 'mute'], 'mean'), { at_least: 3.7 }, 'error'],
        [
          'majority-of-values',
          scale(['five', 'five2', 'one'], 'majority'),
          { at_least: 4 },
          'pass',
        ],
        ['three-votes', judge('yes', { votes: 3 }), {}, 'pass'],
      ];
      const judges = Object.fromEntries(cases.map(([name, one]) => [name, one]));
      const tasks = cases.map(([id, , wanted]) => ({ id, expect: { judge: { [id]: wanted } } }));
      writeJudged(folder, { judges, tasks }, server);
      const live = await judged(folder, ...LIVE);
      for (const [name, , , status] of cases) {
        const { [name]: trial } = live.trials;
        expect.soft(trial?.status, `${name}: ${verdictOf(trial)?.reason}`).toBe(status);
      }
      expect(live.code).toBe(1); // what failed goes before what is open
      const { connections } = { ...server.counts() };
      const again = await judged(folder, ...RECORDED);
      expect(again.code).toBe(1);
      expect(judgedAs(again)).toEqual(judgedAs(live));
      expect(server.counts().connections).toBe(connections);
      const seeds = server.asked.filter(
        ({ body, prompt }) => body['model'] === 'yes' && prompt.includes('three-votes'),
      );
      expect(seeds.map(({ body }) => body['seed']).sort()).toEqual([1, 2, 3]);
      for (const { body } of server.asked) expect(body['temperature']).toBe(0);
    },
  );

  it('are asked for anew only where something about them changed', LONG, async () => {
    const server = await model(() => good);
    const judges = { one: judge('m', { votes: 3 }), other: judge('m', { rubric: 'Was it kind?' }) };
    const tasks = ['a', 'b'].map((id) => ({ id, expect: { judge: { one: {}, other: {} } } }));
    const write = (one: object, more: object = {}) =>
      writeJudged(
        folder,
        { judges: { ...judges, one: { ...judges.one, ...one } }, tasks, ...more },
        server,
      );
    const asks = async () => {
      const before = server.asked.length;
      expect(await judged(folder, ...LIVE)).toMatchObject({ code: 0 });
      return server.asked.length - before;
    };
    write({});
    expect(await asks()).toBe(2 * 3 + 2);
    expect(await asks()).toBe(0);
    write({ votes: 5 });
    expect(await asks()).toBe(2 * 2);
    write({ rubric: 'Was the parcel found at all?' });
    const stale = await judged(folder, ...RECORDED);
    expect(stale.code).toBe(3);
    expect(verdictOf(stale.trials['a'], 'one')?.reason).toContain(
      'its rubric changed since it was recorded',
    );
    expect(verdictOf(stale.trials['a'], 'other')?.status).toBe('pass');
    expect(await asks()).toBe(2 * 3);
    write({ context: 'Parcels are lost at times.' });
    expect(await asks()).toBe(2 * 3);
    write({ model: 'n' });
    expect(await asks()).toBe(2 * 3);
    write({});
    expect(await asks()).toBe(0);
    const lines = recorded(folder);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
  });
});

describe('canaries', () => {
  it('that a judge misses make all that it says in the run undecided', LONG, async () => {
    const server = await model(({ prompt, body }) =>
      body['model'] === 'sound' && prompt.includes('known-bad') ? gives({ answer: 'fail' }) : good,
    );
    const known = { canaries: 2, known: './known.jsonl' };
    const judges = { sound: judge('sound', known), blind: judge('blind', known) };
    const tasks = ['a', 'b', 'c'].map((id) => ({
      id,
      expect: { judge: { sound: {}, blind: {} } },
    }));
    writeJudged(folder, { judges, tasks }, server);
    const labels = { 'known-good': 'pass', 'known-bad': 'fail' };
    const lines = Object.entries(labels).map(([task, right]) =>
      trajectory(task, { labels: { sound: right, blind: right } }),
    );
    writeFileSync(path.join(folder, 'suites/known.jsonl'), `${lines.join('\n')}\n`);
    const live = await judged(folder, ...LIVE);
    expect(live, live.stderr).toMatchObject({ code: 3 });
    for (const id of ['a', 'b', 'c']) {
      expect(verdictOf(live.trials[id], 'sound')?.status).toBe('pass');
      const { status, reason } = verdictOf(live.trials[id], 'blind') ?? {};
      expect(status).toBe('error');
      expect(reason).toContain('blind missed 1 of 2 canaries in this run: known trial');
    }
    expect(server.asked).toHaveLength(2 * (3 + 2));
    const again = await judged(folder, ...RECORDED);
    expect(again.code).toBe(3);
    expect(judgedAs(again)).toEqual(judgedAs(live));
    expect(server.asked).toHaveLength(2 * (3 + 2));
  });
});

/** Evaluates live until so many answers are recorded, then sends a signal. */
async function cut(answered: number, signal: NodeJS.Signals) {
  const env = { PATH: process.env['PATH'], NO_COLOR: '1', CI: '1', GIT_DIR: '/dev/null' };
  const child = spawn(process.execPath, [program, ...LIVE], { cwd: folder, env, stdio: 'ignore' });
  const exit = once(child, 'exit');
  await until(() => linesIn(recordingOf(folder)) >= answered, child);
  const started = performance.now();
  child.kill(signal);
  const [code] = await exit;
  return { code, seconds: (performance.now() - started) / 1000 };
}

function linesIn(file: string): number {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}

async function until(isSo: () => boolean, child: ChildProcess): Promise<void> {
  for (let n = 0; n < 1200 && !isSo() && child.exitCode === null; n++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

describe('a run that is cut short', () => {
  /** Four answers, then silence until it is told to go on. */
  async function stalling() {
    const state = { isOpen: false };
    const server = await model((_, nth) => (nth <= 4 || state.isOpen ? good : hangs));
    writeJudged(folder, { judges: { j: judge('m') }, tasks: tasksFor('j', 10) }, server);
    return { server, goOn: () => Object.assign(state, { isOpen: true }) };
  }

  it('by kill -9 has lost no answer, and nothing is asked or kept twice', LONG, async () => {
    const { server, goOn } = await stalling();
    await cut(4, 'SIGKILL');
    expect(recorded(folder)).toHaveLength(4);
    appendFileSync(recordingOf(folder), '{"schema_version":1,"key":"00'); // as it would be cut off
    const before = server.asked.length;
    goOn();
    const again = await judged(folder, ...LIVE);
    expect(again, again.stdout).toMatchObject({ code: 0 });
    expect(again.stderr).toContain('is cut off and left out');
    expect(server.asked.length - before).toBe(6);
    const lines = recorded(folder);
    expect(lines).toHaveLength(10);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(10);
    expect(await judged(folder, ...RECORDED)).toMatchObject({ code: 0, stderr: '' });
  });

  it('by Ctrl-C ends with 130, skips what was not answered and keeps what was', LONG, async () => {
    const { server, goOn } = await stalling();
    const { code, seconds } = await cut(4, 'SIGINT');
    expect(code).toBe(130);
    expect(seconds).toBeLessThan(5);
    const all = statuses(lastTrials(folder));
    expect([count(all, 'pass'), count(all, 'skip')]).toEqual([4, 6]);
    expect(recorded(folder)).toHaveLength(4);
    const before = server.asked.length;
    goOn();
    expect(await judged(folder, 'judge', 'latest', '--judge', 'live')).toMatchObject({ code: 0 });
    expect(server.asked.length - before).toBe(6);
    expect(recorded(folder)).toHaveLength(10);
  });

  it('beside another of the same suite keeps every answer, and none twice', LONG, async () => {
    const server = await model(() => late(20, good));
    writeJudged(
      folder,
      { judges: { j: judge('m') }, tasks: tasksFor('j', 30) },
      { url: server.url, endpoint: { concurrency: 4 } },
    );
    const runs = await Promise.all([judged(folder, ...LIVE), judged(folder, ...LIVE)]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    const lines = recorded(folder);
    expect([lines.length, new Set(lines.map(({ key }) => key)).size]).toEqual([30, 30]);
    expect(await judged(folder, ...RECORDED)).toMatchObject({ code: 0 });
  });

  it('by a ceiling on cost asks nothing beyond it', LONG, async () => {
    const server = await model(() => good);
    const usd_per_million_tokens = { m: { input: 10_000, output: 0 } }; // a dollar each
    writeJudged(
      folder,
      { judges: { j: judge('m') }, tasks: tasksFor('j', 10) },
      {
        url: server.url,
        endpoint: { concurrency: 1 },
        more: { prices: { as_of: '2026-01-01', usd_per_million_tokens } },
      },
    );
    const { code, trials, stdout } = await judged(folder, ...LIVE, '--max-cost', '2.5');
    expect(code, stdout).toBe(3);
    expect(server.asked.length).toBeLessThanOrEqual(4);
    expect(count(statuses(trials), 'skip')).toBeGreaterThanOrEqual(6);
    expect(count(statuses(trials), 'fail')).toBe(0);
    expect(recorded(folder).length).toBeGreaterThanOrEqual(3);
  });

  it('by a ceiling on cost is undecided where a price is not known', LONG, async () => {
    const server = await model(() => good);
    writeJudged(
      folder,
      { judges: { j: judge('m') }, tasks: tasksFor('j', 10) },
      { url: server.url, endpoint: { concurrency: 1 } },
    );
    const { code, trials } = await judged(folder, ...LIVE, '--max-cost', '2.5');
    expect(code).toBe(3);
    expect(server.asked).toHaveLength(1);
    expect(verdictOf(trials['t00'], 'j')?.reason).toContain('Cannot hold a ceiling on cost');
  });
});

describe('agentops judge', () => {
  const agents = (answer: string) => ({
    desk: {
      command: {
        run: ['sh', '-c', `echo ran >> '${folder}/ran.txt'; echo '${answer}'`],
        protocol: 'none',
      },
    },
  });
  const ran = () => linesIn(path.join(folder, 'ran.txt'));

  it('judges what is stored again, without an agent', LONG, async () => {
    const server = await model(() => good);
    const tasks = [{ id: 'a', input: 'Where is it?', expect: { judge: { one: {}, other: {} } } }];
    const write = (rubric: string) =>
      writeJudged(
        folder,
        {
          judges: {
            one: judge('m', { rubric, sees: 'answer' }),
            other: judge('m', { sees: 'answer' }),
          },
          tasks,
          more: { agents: agents('In Ghent') },
        },
        server,
      );
    write('Is it found?');
    const first = await judged(folder, ...LIVE);
    expect(first, first.stdout + first.stderr).toMatchObject({ code: 0 });
    expect([ran(), server.asked.length]).toEqual([1, 2]);
    const { connections } = { ...server.counts() };
    const again = await judged(folder, 'judge', 'latest');
    expect(again.code).toBe(0);
    expect(judgedAs(again)).toEqual(judgedAs(first));
    expect(server.counts().connections).toBe(connections);
    write('Is it found in Ghent?');
    const stale = await judged(folder, 'judge', 'latest');
    expect(stale.code).toBe(3);
    expect(stale.stderr).toContain('changed since run');
    expect(verdictOf(stale.trials['a'], 'one')?.reason).toContain('its rubric changed');
    const other = await judged(folder, 'judge', 'latest', '--judge', 'live', '--only', 'other');
    expect([other.code, server.asked.length]).toEqual([3, 2]);
    expect(await judged(folder, 'judge', 'latest', '--judge', 'live')).toMatchObject({ code: 0 });
    expect([ran(), server.asked.length]).toEqual([1, 3]);
  });

  it('compares two runs in both orders', LONG, async () => {
    /** Which block of data tells of Ghent. */
    const better = (prompt: string) =>
      prompt.indexOf('Ghent') < prompt.indexOf('SECOND BEGINS') ? 'first' : 'second';
    const server = await model(({ body, prompt }) => {
      if (!prompt.includes('SECOND BEGINS')) return good;
      const answer = { fair: better(prompt), biased: 'first', even: 'tie' }[String(body['model'])];
      return answer === undefined ? says('Well') : gives({ answer });
    });
    const names = ['fair', 'biased', 'even', 'mute'];
    const judges = Object.fromEntries(names.map((name) => [name, judge(name, { sees: 'answer' })]));
    const wanted = Object.fromEntries(names.map((name) => [name, {}]));
    const tasks = [{ id: 'a', input: 'Where?', expect: { judge: wanted } }];
    for (const answer of ['Lost', 'In Ghent']) {
      writeJudged(folder, { judges, tasks, more: { agents: agents(answer) } }, server);
      expect(await judged(folder, ...LIVE)).toMatchObject({ code: 0 });
    }
    const runs = readdirSync(path.join(folder, '.agentops/runs')).sort();
    const before = server.asked.length;
    const against = ['judge', 'latest', '--against', runs[0] ?? '', '--json'];
    const live = await judged(folder, ...against, '--judge', 'live');
    expect(live, live.stderr).toMatchObject({ code: 3 });
    expect(server.asked.length - before).toBe(3 * 2 + 2 * 2);
    const { trials } = JSON.parse(live.stdout);
    const winners = trials.map((one: Record<string, unknown>) => [
      one['judge'],
      one['better'],
      one['consistent'],
    ]);
    expect(Object.fromEntries(winners.map(([name, ...rest]: unknown[]) => [name, rest]))).toEqual({
      fair: ['head', true],
      biased: ['tie', false],
      even: ['tie', true],
      mute: [null, false],
    });
    const { connections } = { ...server.counts() };
    const again = await judged(folder, ...against);
    expect(JSON.parse(again.stdout).judges.map(({ head }: { head: number }) => head)).toEqual(
      JSON.parse(live.stdout).judges.map(({ head }: { head: number }) => head),
    );
    expect(server.counts().connections).toBe(connections);
  });
});

describe('keys', () => {
  /** Every file under the folder, as text. */
  const written = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !file.endsWith('told.jsonl'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');

  it('are sent to their endpoint alone, whatever it or a trajectory says', LONG, async () => {
    const { THE_KEY: key } = KEY;
    const server = await model(({ headers, body }) => {
      const sent = String(headers.authorization);
      if (body['model'] === 'refusing') return refuses(400, { message: `no: ${sent}` });
      if (body['model'] === 'garbling') return says(sent);
      return gives({ reason: `I was sent ${sent}` });
    });
    const names = ['telling', 'refusing', 'garbling'];
    const judges = Object.fromEntries(names.map((name) => [name, judge(name)]));
    const steps = [
      { type: 'message', role: 'user', content: `My key is ${key}.` },
      { type: 'tool_call', id: 'c1', tool: 'find', args: { key, [key]: 1 } },
      { type: 'tool_result', id: 'c1', result: { echoed: [JSON.stringify({ key })] } },
      { type: 'message', role: 'assistant', content: `It is ${key}` },
    ];
    const env = { run: ['sh', '-c', 'env'], protocol: 'none' };
    const more = { agents: { desk: { replay: './told.jsonl' }, shell: { command: env } } };
    const trajectories = names.map((task) => trajectory(task, { steps }));
    const tasks = names.map((id) => ({ id, input: 'Go', expect: { judge: { [id]: {} } } }));
    const endpoint = { key_env: 'THE_KEY' };
    writeJudged(folder, { judges, trajectories, tasks, more }, { url: server.url, endpoint });
    const { stdout, stderr, code } = await judged(
      folder,
      ...LIVE,
      '--reporter',
      'terminal',
      '--reporter',
      'junit=j.xml',
      '--reporter',
      'markdown=m.md',
      '--reporter',
      'json=r.json',
    );
    expect(code, stdout).toBe(3);
    expect(server.asked.length).toBeGreaterThanOrEqual(names.length + 2);
    for (const { headers, prompt, body } of server.asked) {
      expect(headers.authorization).toBe(`Bearer ${key}`);
      expect(JSON.stringify(body)).not.toContain(key);
      expect(prompt).toMatch(/redacted:THE_KEY|PATH=/);
    }
    expect(stdout + stderr + written()).not.toContain(key);
    expect(written()).toContain('redacted:THE_KEY');
  });
});
