import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSuite } from '../run/library.ts';
import { importFiles } from './import-files.ts';
import { writeSuite } from './write-suite.ts';

const odd = [
  ...[
    '',
    ' ',
    '$eq',
    '$x',
    '{{x}}',
    '__proto__',
    'constructor',
    'tool',
    'args',
    'times',
    '*',
    'a*',
  ],
  ...['\n', '\u001b[31m', '\u0085', '\u202e', '\ud800', 'no', '1', '01', '1e3', '~', './a.yaml'],
];
const text = fc.oneof(fc.constantFrom(...odd), fc.constantFrom('get_order', 'refund', 'a'));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.constantFrom(null, true, 0, -1.5, 2 ** 53, 1e300),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
}));
const call = fc
  .record({ tool: text, args: fc.oneof(fc.dictionary(text, value), value), failed: fc.boolean() })
  .map(({ tool, args, failed }) => [
    { type: 'tool_call', id: 'c', tool, args },
    { type: 'tool_result', id: 'c', ...(failed ? { error: { message: 'x' } } : { result: 1 }) },
  ]);
const content = fc.oneof(text, fc.constant(null), fc.array(text.map((said) => ({ type: said }))));
const message = fc.record({
  type: fc.constant('message'),
  role: fc.constantFrom('user', 'assistant'),
  content,
});
const record = fc.record({
  schema_version: fc.constant(1),
  suite: fc.constantFrom(null, 'old'),
  task: text,
  agent: text,
  trial: fc.constantFrom(1, 2),
  steps: fc
    .array(
      fc.oneof(
        message.map((one) => [one]),
        call,
      ),
      { maxLength: 4 },
    )
    .map((s) => s.flat()),
  stop: fc.constantFrom('completed', null),
});

describe('writeSuite()', () => {
  it('writes suites that load, whatever the records hold', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'written-'));
    const [source, file] = [path.join(folder, 'own.jsonl'), path.join(folder, 'odd.suite.yaml')];
    let loaded = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 5 }), async (records) => {
        writeFileSync(source, records.map((one) => JSON.stringify(one)).join('\n'));
        rmSync(file, { force: true });
        const written = writeSuite(importFiles([source]), { file, onFault: () => undefined });
        await written.catch((thrown) => expect(thrown.code).toBe('input_fault'));
        if (existsSync(file)) {
          expect((await loadSuite(file)).tasks.length).toBeGreaterThan(0);
          loaded++;
        }
      }),
      { seed: 1, numRuns: 60 },
    );
    expect(loaded).toBeGreaterThan(10);
    rmSync(folder, { recursive: true });
  });

  it('writes suites that load of any episodes of tau-bench', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'written-'));
    const at = (name: string) => path.join(folder, name);
    const [source, tools, file] = [at('results.json'), at('tools.json'), at('odd.suite.yaml')];
    const names = ['cancel', 'status', 'a.b', '__proto__', 'shop/find', '$eq'];
    const functions = names.map((name) => ({
      function: { name, parameters: { type: 'object', properties: { id: {}, $ref: {} } } },
      'x-write': name !== 'shop/find',
    }));
    writeFileSync(tools, JSON.stringify(functions));
    const action = fc.record({
      name: fc.constantFrom(...names, 'respond'),
      kwargs: fc.dictionary(text, value),
    });
    const task = fc.record({
      instruction: text,
      actions: fc.array(action, { maxLength: 3 }),
      outputs: fc.option(fc.array(text)),
    });
    const traj = [{ role: 'assistant', content: 'Done' }];
    const episode = fc.record({
      info: fc.oneof(
        task.map((one) => ({ task: one })),
        fc.constant({}),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(episode, { minLength: 1, maxLength: 4 }), async (episodes) => {
        const records = episodes.map((one, id) => ({
          task_id: id,
          trial: 0,
          reward: 1,
          traj,
          ...one,
        }));
        writeFileSync(source, JSON.stringify(records));
        rmSync(file, { force: true });
        const options = { file, side: { tools }, onFault: () => undefined };
        const written = writeSuite(importFiles([source]), options);
        await written.catch((thrown) => expect(thrown.code).toBe('input_fault'));
        const drawn = episodes.filter(({ info }) => 'task' in info).length;
        expect(existsSync(file)).toBe(drawn > 0);
        if (drawn > 0) expect((await loadSuite(file)).tasks).toHaveLength(drawn);
      }),
      { seed: 1, numRuns: 60 },
    );
    rmSync(folder, { recursive: true });
  });
});
