import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSuites } from '../suite/load-suites.ts';
import { unrecordedNames } from './recorded-names.ts';
import { suiteKinds } from './registries.ts';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'agentops-names-'));
  const step = (tool: string) => ({ type: 'tool_call', id: tool, tool, args: {} });
  const record = { task: 'a', agent: 'recorded', steps: [step('get_order'), step('refund_order')] };
  writeFileSync(
    path.join(folder, 'v1.trajectories.jsonl'),
    `${JSON.stringify(record)}\nnot JSON\n`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function warnings(expectations: string, tools = ''): Promise<string[]> {
  const file = path.join(folder, 'shop.suite.yaml');
  writeFileSync(
    file,
    `suite: shop\n${tools}agents: { recorded: { replay: ./v1.trajectories.jsonl } }\ntasks:\n  - id: a\n    input: x\n    expect: ${expectations}\n`,
  );
  const { suites, faults } = await loadSuites([file], suiteKinds);
  expect(faults.filter(({ severity }) => severity === 'error')).toEqual([]);
  const found = await Promise.all(suites.map((suite) => unrecordedNames(suite, suiteKinds)));
  return found
    .flat()
    .map(({ line, severity, path: keys, message }) => `${line} ${severity} ${keys}: ${message}`);
}

describe('unrecordedNames()', () => {
  it('warns once of each name that no recording holds, with the nearest that one does', async () => {
    expect(
      await warnings('{ never: [cancel_order, cancel_order], calls: { in_order: [refund_ordr] } }'),
    ).toEqual([
      '4 warning tasks.0.expect.never.0: No recording holds a call of "cancel_order" (known are get_order, refund_order)',
      '4 warning tasks.0.expect.calls.in_order.0: No recording holds a call of "refund_ordr" (did you mean "refund_order"?)',
    ]);
  });

  it('is silent about names and wildcards that a recording holds', async () => {
    expect(await warnings('{ never: [refund_order, "get_*"] }')).toEqual([]);
  });

  it('is silent where tools are declared, which names are checked against', async () => {
    const tools = 'tools: { cancel_order: { description: Cancels } }\n';
    expect(await warnings('{ never: [cancel_order] }', tools)).toEqual([]);
  });
});
