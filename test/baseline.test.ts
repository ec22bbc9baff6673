import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JsonReport } from '../src/model/report.ts';
import type { RunSummary } from '../src/model/run.ts';
import { requireFreshBuild } from './built-cli.ts';
import { writeLiveSuite } from './live-project.ts';
import { runAgentops } from './run-agentops.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const LONG = { timeout: 60_000 };
let folder = '';
beforeAll(requireFreshBuild);
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => remove(folder));

/** Right in as many of 100 trials as RATE says, the same ones each time. */
const AGENT = `export default ({ id, trial }) => {
  const drawn = (Number(id.slice(1)) * 7919 + trial * 104729) % 100;
  return drawn < Number(process.env.RATE) ? 'Yes' : 'No';
};\n`;

/** Tasks of a suite whose gate lets every rate pass. */
function writeSuite(tasks: number, agents: Readonly<Record<string, unknown>> = {}): void {
  writeLiveSuite(folder, {
    agents: { good: { module: './rated.mjs' }, ...agents },
    files: { 'rated.mjs': AGENT },
    more: {
      ...{ trials: 4, limits: { tool_calls: 9 } },
      gate: { pass_rate: 0 },
      tasks: Array.from({ length: tasks }, (_, at) => ({
        id: `t${at}`,
        input: 'Well?',
        expect: { answer: 'Yes' },
      })),
    },
  });
}

const evaluate = (rate: number, ...more: readonly string[]) =>
  runAgentops(['eval', '--quiet', ...more], folder, { RATE: String(rate) });

const runs = () => readdirSync(path.join(folder, '.agentops/runs')).sort();

function lastSummary(): RunSummary {
  const file = path.join(folder, '.agentops/runs', runs().at(-1) ?? '', 'run.json');
  return JSON.parse(readFileSync(file, 'utf8'));
}

describe('agentops eval --baseline', () => {
  it('fails where a loss is shown, and keeps the comparison', LONG, async () => {
    writeSuite(20);
    expect((await evaluate(95)).code).toBe(0);
    const ended = await evaluate(20, '--baseline', 'latest', '--reporter', 'json=report.json');
    expect([ended.code, ended.stderr]).toEqual([1, '']);
    const { gate, comparison } = lastSummary();
    expect(gate.reasons[0]).toMatch(/^Baseline: Pass rate fell from 9\d(\.\d)?% to /);
    expect(comparison?.gate).toMatchObject({ status: 'fail', margin: 0.03, alpha: 0.05 });
    expect(comparison?.diff.base.run).toBe(runs()[0]);
    const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8'));
    expect(JsonReport.parse(report).comparison).toEqual(comparison);
    const stored = await runAgentops(['report', 'latest'], folder);
    expect(stored.stdout).toMatch(/Baseline: Pass rate fell/);
  });

  it('says loudly what is undecided, and counts it where it is named', LONG, async () => {
    writeSuite(6);
    await evaluate(80, '--reporter', 'json=base.json');
    const unnamed = await evaluate(70, '--baseline', 'base.json');
    expect(unnamed.code).toBe(0);
    expect(unnamed.stderr).toMatch(/^warning: INCONCLUSIVE: whether this run is worse/m);
    const shown = await runAgentops(['report', 'latest'], folder);
    expect(shown.stdout.replaceAll('\n', ' ')).toMatch(/! INCONCLUSIVE: whether this run is worse/);
    const named = await evaluate(70, '--baseline', 'base.json', '--fail-on', 'inconclusive');
    expect([named.code, lastSummary().gate.status]).toEqual([3, 'inconclusive']);
  });

  it('passes where the margin is ruled out, and not where tasks are missing', LONG, async () => {
    writeSuite(20);
    await evaluate(100);
    const same = await evaluate(100, '--baseline', runs()[0] ?? '', '--margin', '0.2');
    expect([same.code, same.stderr]).toEqual([0, '']);
    const fewer = await evaluate(100, '--baseline', runs()[0] ?? '', '--task', 't1*');
    expect(fewer.code).toBe(3);
    expect(lastSummary().gate.reasons.join()).toMatch(/9 tasks of the baseline are missing/);
    const shorter = await evaluate(100, '--baseline', runs()[0] ?? '', '--trials', '2');
    expect(shorter.code).toBe(3);
    expect(lastSummary().gate.reasons.join()).toMatch(/2 instead of 4/);
  });

  it.each([
    [['--baseline', 'latest'], /Cannot find the latest run|Cannot find "latest"/],
    [['--baseline', 'nowhere'], /Cannot find/],
    [['--fail-on', 'regression'], /Cannot use --fail-on: expected --baseline/],
    [['--margin', '0.1'], /Cannot use --margin: expected --baseline/],
    [['--until-decided'], /Cannot use --until-decided: expected --baseline/],
  ])('runs nothing with %j', LONG, async (options, words) => {
    writeSuite(1);
    const ended = await evaluate(100, ...options);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(words)]);
    expect(() => runs()).toThrow(/ENOENT/);
  });
});

describe('agentops baseline set --suite', () => {
  it('holds the suite alone against the baseline that is there', LONG, async () => {
    writeSuite(20);
    const file = path.join(folder, 'suites/live.suite.yaml');
    const other = readFileSync(file, 'utf8').replace('"suite":"live"', '"suite":"other"');
    writeFileSync(path.join(folder, 'suites/other.suite.yaml'), other);
    await evaluate(95);
    const set = () => runAgentops(['baseline', 'set', '--suite', 'other'], folder);
    expect((await set()).code).toBe(0);
    await evaluate(20);
    const ended = await set();
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(/it is worse: /)]);
  });
});

describe('agentops eval --baseline of a run that did not finish', () => {
  it('runs nothing', LONG, async () => {
    writeSuite(1);
    await evaluate(100);
    rmSync(path.join(folder, '.agentops/runs', runs()[0] ?? '', 'run.json'));
    const ended = await evaluate(100, '--baseline', 'latest');
    expect([ended.code, ended.stderr]).toEqual([
      2,
      expect.stringMatching(/did not come to its end/),
    ]);
    expect(runs().length).toBe(1);
  });
});

describe('agentops eval --until-decided', () => {
  it(
    'runs more trials until it is decided, and is no greater baseline for that',
    LONG,
    async () => {
      writeSuite(24);
      await evaluate(100, '--trials', '12');
      const base = runs()[0] ?? '';
      const ended = await evaluate(97, '--baseline', base, '--until-decided', '--trials', '12');
      const { comparison, rows, totals, plan_digest } = lastSummary();
      expect([ended.code, comparison?.gate.status]).toEqual([1, 'fail']);
      expect(comparison?.gate.sequential).toMatchObject({ looks: 5, stopped: null });
      const look = comparison?.gate.sequential?.look ?? 0;
      expect(look).toBeGreaterThan(1);
      expect(new Set(rows.map(({ trials }) => trials))).toEqual(new Set([12 * look]));
      expect(rows[0]?.grown_from).toBe(12);
      expect(totals.planned).toBe(24 * 12 * look);
      const plan = readFileSync(
        path.join(folder, '.agentops/runs', runs()[1] ?? '', 'plan.json'),
        'utf8',
      );
      expect(JSON.parse(plan).plan_digest).toBe(plan_digest);
      const next = await evaluate(97, '--baseline', 'latest', '--trials', '12', '--margin', '0.3');
      expect([next.code, next.stderr]).toEqual([0, '']);
    },
  );

  it('stays undecided where agents are recorded, and says why', LONG, async () => {
    const lines = [0, 1, 2].flatMap((task) =>
      [1, 2, 3, 4].map((trial) => ({
        ...{ schema_version: 1, suite: 'live', task: `t${task}`, agent: 'taped', trial },
        steps: [{ type: 'message', role: 'assistant', content: trial > task ? 'Yes' : 'No' }],
        stop: 'completed',
      })),
    );
    writeSuite(3, { taped: { replay: './r.jsonl' } });
    writeFileSync(
      path.join(folder, 'suites/r.jsonl'),
      lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    );
    await evaluate(100, '--agent', 'taped');
    const ended = await evaluate(
      100,
      '--agent',
      'taped',
      '--baseline',
      'latest',
      '--until-decided',
    );
    const { comparison, gate } = lastSummary();
    expect(ended.code).toBe(0);
    expect(comparison?.gate.sequential).toMatchObject({ look: 1, looks: 1, alpha: 0.05 });
    expect(gate.reasons.at(-1)).toMatch(/no more trials were run: taped is recorded/);
    const refused = await evaluate(
      100,
      '--agent',
      'taped',
      '--baseline',
      'latest',
      '--until-decided=4',
    );
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/4 trials of a task are planned/),
    ]);
  });
});
