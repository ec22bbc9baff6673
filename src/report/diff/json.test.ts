import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import type { HeldDiff } from '../../diff/held-diff.ts';
import { DiffReport } from '../../model/diff-report.ts';
import { hostileDiff } from './hostile-diff.test-support.ts';
import { json } from './json.ts';
import { sampleDiff } from './sample-diff.test-support.ts';
import { SAMPLE_TASKS, sampleTask } from './sample-task.test-support.ts';

async function textOf(reported: HeldDiff): Promise<string> {
  let text = '';
  const look = { colour: false, width: null, ascii: false };
  for await (const piece of json.report(reported, look)) text += piece;
  return text;
}

async function reportOf(reported: HeldDiff): Promise<z.infer<typeof DiffReport>> {
  return DiffReport.parse(JSON.parse(await textOf(reported)));
}

describe('json.report() of a comparison', () => {
  it('holds the summary, the gate and every task', async () => {
    const reported = sampleDiff();
    const { tasks, gate, ...summary } = await reportOf(reported);
    expect(summary).toEqual(reported.diff.summary);
    expect(gate).toEqual(reported.gate);
    expect(tasks.map(({ steps, ...task }) => task)).toEqual(SAMPLE_TASKS);
  });

  it('aligns the steps of tasks that got worse or were fixed, with what is equal as a stretch', async () => {
    const { tasks } = await reportOf(sampleDiff());
    expect(tasks.filter(({ steps }) => steps).map(({ change }) => change)).toEqual([
      'regressed',
      'undecided',
      'flaky',
      'fixed',
    ]);
    expect(tasks[0]?.steps).toMatchObject({
      divergence: { base: 3, head: 3 },
      exact: true,
      pairs: [
        { kind: 'same', base: 0, head: 0, count: 3 },
        { kind: 'changed', differences: [{ path: 'amount', was: 4.9, wanted: '42.5' }] },
        { kind: 'changed' },
        { kind: 'only_head', base: null, head: 5 },
        { kind: 'only_head', base: null, head: 6 },
        { kind: 'reworded' },
      ],
      omitted: 0,
    });
  });

  it('aligns the first fifty, and says null where steps were not kept', async () => {
    const tasks = Array.from({ length: 60 }, () =>
      sampleTask({ change: 'regressed' }, [1, 1], [0, 1]),
    );
    const report = await reportOf(
      sampleDiff({ tasks, pair: async () => ({ base: null, head: null }) }),
    );
    expect(report.tasks.filter(({ steps }) => steps === null)).toHaveLength(50);
    expect(report.tasks.filter(({ steps }) => steps === undefined)).toHaveLength(10);
  });

  it('writes a task a line, and no text that steers a terminal or a CI system', async () => {
    const text = await textOf(hostileDiff());
    expect(text.split('\n').filter((line) => line.startsWith('{"suite"'))).toHaveLength(10);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]|##vso\[|^\s*::/mu);
    DiffReport.parse(JSON.parse(text));
  });

  it('is a document where there are no tasks', async () => {
    expect((await reportOf(sampleDiff({ tasks: [] }))).tasks).toEqual([]);
  });
});
