import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import type { Step } from '../src/model/trajectory.ts';
import type { TrialResult } from '../src/model/trial-result.ts';
import { loadSuite, type RunSuiteOptions, runSuite } from '../src/run/library.ts';

/** A suite as data: YAML is a superset of JSON. */
export interface LiveSuite {
  readonly agents: Readonly<Record<string, unknown>>;
  /** More keys of the suite. */
  readonly more?: Readonly<Record<string, unknown>>;
  /** Files beside it. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A trial of a run with what happened in it. */
export interface RanTrial extends TrialResult {
  readonly steps: readonly Step[];
  readonly limit: unknown;
}

/** What is expected of an agent: that it looks up the order, and says so. */
export const TASK = {
  id: 'refund',
  input: 'Refund order 1042.',
  expect: {
    calls: {
      in_order: [
        { one_of: [{ get_order: { order_id: '1042' } }, { own_order: { order_id: '1042' } }] },
      ],
    },
    answer: 'Refunded.',
  },
};

/** A module that does what is expected, and shows that its neighbours do not reach it. */
const GOOD = `export default async (task, context) => {
  const order = await context.callTool('get_order', { order_id: '1042' });
  if (JSON.stringify(order) !== '{"total":42.5,"items":["mug"]}') throw new Error('Not my order');
  if (task.input !== 'Refund order 1042.' || task.tools.length !== 2) throw new Error('Not my task');
  return 'Refunded.';
};\n`;

const TOOLS = {
  get_order: {
    effect: 'read',
    input: { type: 'object', properties: { order_id: { type: 'string' } }, required: ['order_id'] },
    mock: [{ result: { total: 42.5, items: ['mug'] } }],
  },
  wipe: { effect: 'write' },
  /** One that an agent has of its own. */
  own_order: { effect: 'read', mock: 'agent' },
};

/** Writes a suite into a folder; the agent `good` is part of each. */
export function writeLiveSuite(folder: string, { agents, more, files }: LiveSuite): string {
  mkdirSync(path.join(folder, 'suites'), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{}\n');
  const inside = (name: string) => path.join(folder, 'suites', name);
  for (const [name, text] of Object.entries({ 'good.mjs': GOOD, ...files })) {
    writeFileSync(inside(name), text);
  }
  const suite = {
    suite: 'live',
    agents: { good: { module: './good.mjs' }, ...agents },
    tools: TOOLS,
    limits: { seconds: 20 },
    tasks: [TASK],
    ...more,
  };
  writeFileSync(inside('live.suite.yaml'), JSON.stringify(suite));
  return inside('live.suite.yaml');
}

/** Runs a suite in this process; gives its trials by agent. */
export async function runLive(
  folder: string,
  suite: LiveSuite,
  options: RunSuiteOptions = {},
): Promise<Record<string, RanTrial>> {
  const loaded = await loadSuite(writeLiveSuite(folder, suite));
  const environment = { PATH: process.env['PATH'], OPENAI_API_KEY: 'sk-real-key' };
  const base = path.join(folder, '.agentops');
  const run = await runSuite(loaded, { environment, base, concurrency: 16, ...options });
  const ran: Record<string, RanTrial> = {};
  for await (const result of run.trials()) {
    const kept = await run.trajectory(result);
    ran[result.agent] = { ...result, steps: kept?.steps ?? [], limit: kept?.limit };
  }
  run.close();
  return ran;
}

/** Command lines of processes that belong to a trial of these suites and are still there; found with other means than the code under test. */
export function leftOver(folder: string): string[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      const marked = environment.some((variable) => variable.startsWith('AGENTOPS_EVAL_TRIAL_'));
      const ours = readlinkSync(`/proc/${pid}/cwd`).startsWith(folder); // other tests run beside
      return marked && ours
        ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')]
        : [];
    } catch {
      return []; // it has gone
    }
  });
}
