import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openReportSide } from './report-side.ts';
import { storeRun } from './sample-runs.test-support.ts';
import { openStoredSide } from './stored-side.ts';

const trajectory = {
  schema_version: 1,
  task: 'refund',
  agent: 'bot',
  trial: 1,
  steps: [],
  stop: null,
};
const line = `${JSON.stringify(trajectory)}\n`;

/** A run of one trial with its trajectory. */
function runWithTrajectory(): string {
  const place = { offset: 0, bytes: line.length - 1 };
  const dir = storeRun({ rows: [{ ends: [{ status: 'pass', trajectory: place }] }] });
  writeFileSync(path.join(dir, 'trajectories.jsonl'), line);
  return dir;
}

function change(dir: string, name: string, from: string, to: string): string {
  const file = path.join(dir, name);
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  return dir;
}

describe('openStoredSide()', () => {
  it('reads slim rows, what the run came to, and trajectories', async () => {
    expect.assertions(4);
    const side = await openStoredSide(runWithTrajectory());
    expect(side.facts).toMatchObject({
      run: 'run-1',
      source: 'run',
      status: 'completed',
      planned: 1,
    });
    expect([...side.rows]).toEqual([
      {
        ...{ suite: 'shop', task: 'refund', agent: 'bot', attack: null, trials: 1 },
        ...{ digest: 'd', pass: 'all', told: { status: 'pass', passed: 1 } },
      },
    ]);
    for await (const [first] of side.trials()) {
      expect(first && (await side.trajectory?.(first.result))).toEqual(trajectory);
      expect(first && side.trialAt(first)).toEqual(first?.result);
    }
    side.close();
  });

  it('takes what a run came to before it is written', async () => {
    const summary = JSON.parse(readFileSync(path.join(runWithTrajectory(), 'run.json'), 'utf8'));
    const dir = storeRun({ rows: [{ ends: ['pass'] }], unfinished: true });
    expect((await openStoredSide(dir)).facts.status).toBe('unfinished');
    expect((await openStoredSide(dir, { summary })).facts).toMatchObject({ gate: 'fail' });
  });

  it.each([
    ['plan.json', '"rows"', '"lines"', 'it has no list "rows"'],
    ['plan.json', '"schema_version":1', '"schema_version":2', 'written by a newer agentops'],
    ['plan.json', '"schema_version":1', '"schema_version":"2"', 'expected 1'],
    ['run.json', '"schema_version":1,', '', 'expected 1'],
    ['plan.json', '"agent":"bot"', '"agent":7', 'it is no such record at "agent"'],
    ['plan.json', '"trials":1', '"trials":0', 'it is no such record at "trials"'],
    ['plan.json', '"pass":"all"', '"pass":"most"', 'it is no such record at "pass"'],
    ['run.json', '"task":"refund"', '"task":"other"', 'its rows are not those of plan.json'],
    ['run.json', '"rows":[', '"rows":[],"others":[', 'its rows are not those of plan.json'],
    ['run.json', '"passed":1', '"passed":"1"', 'it is no such record at "passed"'],
    ['run.json', '}\n', '', 'it seems cut off'],
  ])('throws where %s has %s as %s', async (name, from, to, words) => {
    const dir = change(storeRun({ rows: [{ ends: ['pass'] }] }), name, from, to);
    await expect(openStoredSide(dir)).rejects.toThrow(words);
  });

  it('throws at a folder without a plan', async () => {
    await expect(openStoredSide('/nowhere')).rejects.toThrow('it holds no plan.json');
  });
});

describe('openReportSide()', () => {
  it('finds trajectories in the folder of the run, where it is known', async () => {
    expect.assertions(2);
    const dir = runWithTrajectory();
    const run = JSON.parse(readFileSync(path.join(dir, 'run.json'), 'utf8'));
    const trial = JSON.parse(readFileSync(path.join(dir, 'trials.jsonl'), 'utf8'));
    const report = { schema_version: 1, run, gate: run.gate, tasks: run.rows };
    const file = path.join(dir, 'report.json');
    writeFileSync(
      file,
      JSON.stringify({ ...report, trials: [{ ...trial, trajectory: undefined }] }),
    );
    const side = await openReportSide(file, { storedRun: () => dir });
    for await (const [first] of side.trials()) {
      expect(first && (await side.trajectory?.(first.result))).toEqual(trajectory);
    }
    side.close();
    expect((await openReportSide(file)).trajectory).toBeNull();
  });
});
