import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { evalProgram } from './eval-program.mjs';
import { runInTurn } from './measure.mjs';
import { atMost, rowOf, timesAsLong } from './rows.mjs';
import { writeLines } from './write-lines.mjs';

const suite = `suite: support
agents: { recorded: { replay: ./support.trajectories.jsonl } }
limits: { tool_calls: 6, repeats: 3 }
tools:
  get_order:
    description: Looks an order up.
    input: { type: object, properties: { order_id: { type: string } }, required: [order_id] }
    effect: read
  refund_order:
    description: Pays an order back.
    input: { type: object, properties: { order_id: { type: string }, amount: { type: number } }, required: [order_id, amount] }
    effect: irreversible
  delete_account:
    description: Deletes an account.
    input: { type: object, properties: { customer_id: { type: string } }, required: [customer_id] }
    effect: irreversible
expect: { never: [delete_account] }
tasks:
  - id: refund-late-order
    input: My order 1042 is late. I want my money back.
    expect:
      calls:
        in_order:
          - get_order: { order_id: "1042" }
            result: { total: { $as: total } }
          - refund_order: { order_id: { $regex: "^10" }, amount: { $lte: { $ref: total } } }
      answer: { $regex: "(?i)refunded" }
  - id: answer-question
    input: Where is my order 1043?
    expect:
      calls: { exact: [{ get_order: { order_id: "1043" } }] }
      answer: { $regex: "(?i)on its way" }
`;

/**
 * How long it takes to start, and to judge a suite that a person would write.
 * @type {import('./bench.mjs').Group}
 */
export function start(bench) {
  const floor = { name: 'node -e 0', args: ['-e', '0'] };
  const version = { name: 'agentops --version', args: [bench.cli, '--version'] };
  const suites = [writeSuite(bench.scratch), ...bundledSuites(bench.root)];
  const evals = suites.map((file) =>
    evalProgram(bench, { name: `eval ${path.basename(file, '.suite.yaml')}`, suite: file }),
  );
  const rounds = { scratch: bench.scratch, rounds: bench.rounds * 2 };
  const [floors = [], versions = [], ...others] = runInTurn([floor, version, ...evals], rounds);
  const bar = (/** @type {typeof floors} */ runs, /** @type {number} */ bound) => [
    atMost('× node -e 0', timesAsLong(runs, floors), bound),
  ];
  return [
    rowOf(floor.name, floors),
    rowOf(version.name, versions, bar(versions, 1.5)),
    ...others.map((runs, at) => rowOf(evals[at]?.name ?? '', runs, bar(runs, 4))),
  ];
}

/**
 * A suite with everything that loads an engine of its own: patterns of text, captures, schemas of tools.
 * @param {string} scratch
 */
function writeSuite(scratch) {
  const folder = path.join(scratch, 'start');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'support.suite.yaml');
  writeFileSync(file, suite);
  const order = (/** @type {string} */ id, /** @type {object} */ result) => [
    { type: 'tool_call', id: 'c1', tool: 'get_order', args: { order_id: id } },
    { type: 'tool_result', id: 'c1', result },
  ];
  const refund = [
    { type: 'tool_call', id: 'c2', tool: 'refund_order', args: { order_id: '1042', amount: 42.5 } },
    { type: 'tool_result', id: 'c2', result: { refunded: true } },
  ];
  writeLines(path.join(folder, 'support.trajectories.jsonl'), [
    lineOf('refund-late-order', [...order('1042', { total: 42.5 }), ...refund], 'I refunded it.'),
    lineOf('answer-question', order('1043', { status: 'sent' }), 'It is on its way to you.'),
  ]);
  return file;
}

/**
 * @param {string} task
 * @param {object[]} calls
 * @param {string} content
 */
function lineOf(task, calls, content) {
  const steps = [...calls, { type: 'message', role: 'assistant', content }];
  const names = { schema_version: 1, suite: 'support', task, agent: 'recorded', trial: 1 };
  return JSON.stringify({ ...names, steps, stop: 'completed' });
}

/**
 * The suites that ship with the project and judge what was recorded; those whose agents run take as long as these.
 * @param {string} root
 */
function bundledSuites(root) {
  const folder = path.join(root, 'suites');
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.suite.yaml'))
    .sort()
    .map((file) => path.join(folder, file))
    .filter((file) => readFileSync(file, 'utf8').includes('{ replay:'));
}
