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
  const { suites, faults, named } = await loadSuites([file], suiteKinds, { notesNames: true });
  expect(faults.filter(({ severity }) => severity === 'error')).toEqual([]);
  const found = await Promise.all(
    suites.map((suite) => unrecordedNames(suite, suiteKinds, named.get(suite.file) ?? new Map())),
  );
  return found
    .flat()
    .map(
      ({ line, column, severity, path: keys, message }) =>
        `${line}:${column} ${severity} ${keys}: ${message}`,
    );
}

describe('unrecordedNames()', () => {
  it('warns once of each name that no recording holds, with the nearest that one does', async () => {
    expect(
      await warnings('{ never: [cancel_order, cancel_order], calls: { in_order: [refund_ordr] } }'),
    ).toEqual([
      '6:23 warning tasks.0.expect.never.0: No recording holds a call of "cancel_order" (known are get_order, refund_order)',
      '6:72 warning tasks.0.expect.calls.in_order.0: No recording holds a call of "refund_ordr" (did you mean "refund_order"?)',
    ]);
  });

  it('looks under not, at what is counted and traced, and at $from', async () => {
    const x = '(known are get_order, refund_order)';
    expect(
      await warnings(
        '{ not: [{ never: [one] }], grounded: { two: [a] }, calls: { count: { three: 1 } }, answer: { $from: [four] } }',
      ),
    ).toEqual([
      `6:31 warning tasks.0.expect.not.0.never.0: No recording holds a call of "one" ${x}`,
      `6:52 warning tasks.0.expect.grounded.two: No recording holds a call of "two" ${x}`,
      `6:82 warning tasks.0.expect.calls.count.three: No recording holds a call of "three" ${x}`,
      `6:114 warning tasks.0.expect.answer.$from.0: No recording holds a call of "four" ${x}`,
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
