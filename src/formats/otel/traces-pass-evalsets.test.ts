import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Trajectory } from '../../model/trajectory.ts';
import { adkEvalset } from '../adk/adk-evalset.ts';
import { adkEvalsetSuite } from '../adk/adk-evalset-suite.ts';
import type { Format } from '../format.ts';
import { sourceRecords } from '../source-records.ts';
import { jaeger } from './otel.ts';

/** Traces and the eval sets that belong to them, where they lie beside the project. */
const data = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

interface Pair {
  readonly name: string;
  readonly evalset: string;
  readonly trace: string;
}

function pairs(): Pair[] {
  const named = filesOf('traces/jaeger-adk').flatMap((file) => {
    const name = /^kagent-(.+)\.json$/.exec(file)?.[1];
    if (name === undefined) return [];
    const evalset = `traces/adk-evalset/${name}.evalset.json`;
    return [{ name, evalset, trace: `traces/jaeger-adk/${file}` }];
  });
  const samples = filesOf('agentevals-dev/samples').flatMap((file) => {
    const name = /^eval_set_(.+)\.json$/.exec(file)?.[1];
    if (name === undefined) return [];
    const folder = 'agentevals-dev/samples';
    return [
      { name: `sample ${name}`, evalset: `${folder}/${file}`, trace: `${folder}/${name}.json` },
    ];
  });
  return [...named, ...samples].filter(({ evalset, trace }) =>
    [evalset, trace].every((file) => existsSync(path.join(data, file))),
  );
}

function filesOf(folder: string): string[] {
  return existsSync(path.join(data, folder)) ? readdirSync(path.join(data, folder)) : [];
}

async function read(format: Format, file: string): Promise<Trajectory[]> {
  const found: Trajectory[] = [];
  const records = sourceRecords(path.join(data, file));
  for await (const item of format.read(records, { file, agent: 'recorded' })) {
    if ('fault' in item) throw new Error(item.fault);
    found.push(item.trajectory);
  }
  return found;
}

/** Calls as an eval set compares them. */
function callsOf({ steps }: Trajectory): unknown[] {
  return steps.flatMap((step) =>
    step.type === 'tool_call' && 'tool' in step ? [{ [String(step.tool)]: step['args'] }] : [],
  );
}

describe.skipIf(pairs().length === 0)('traces of ADK agents', () => {
  it.each(pairs())('pass the eval set that belongs to them: $name', async ({ evalset, trace }) => {
    const [wanted] = await read(adkEvalset, evalset);
    const [made, ...others] = await read(jaeger, trace);
    if (!wanted || !made) throw new Error('Nothing was read');
    expect(others).toEqual([]);
    const { expect: task } = (await adkEvalsetSuite({})).task(wanted, null);
    expect(task).toEqual({ calls: { exact: callsOf(made) } });
    expect(made).toMatchObject({ stop: 'completed' });
    expect(made.calls).toBeUndefined();
  });
});
