// Judges one problem of 200 patterns and 200 calls, and prints how long that took, in milliseconds.
import { pathToFileURL } from 'node:url';
import { median } from '../measure.mjs';

const SIZE = 200;
const [library = '', variant = ''] = process.argv.slice(2);
const { prepareJudge } = await import(pathToFileURL(library).href);

const indexes = Array.from({ length: SIZE }, (_, at) => at);
/** @param {(at: number) => object} argsOf */
const patterns = (argsOf) => indexes.map((at) => ({ tool: 'pay', args: argsOf(at) }));
/** @param {(at: number) => object} argsOf */
const calls = (argsOf) => indexes.map((at) => ({ tool: 'pay', args: argsOf(at) }));
const reversed = (/** @type {number} */ at) => SIZE - 1 - at;
/** Accepts what is at least `at`: the last patterns have the fewest calls to choose from. */
const atLeast = (/** @type {number} */ at) => ({ n: { $gte: at } });

/** @type {Record<string, { patterns: object[], calls: object[] }>} */
const problems = {
  pass: {
    patterns: indexes.map((at) => ({ tool: `tool_${at}`, args: { n: at } })),
    calls: indexes.map((at) => ({ tool: `tool_${reversed(at)}`, args: { n: reversed(at) } })),
  },
  'pass-same-tool': {
    patterns: patterns((n) => ({ n })),
    calls: calls((at) => ({ n: reversed(at) })),
  },
  'pass-overlapping': { patterns: patterns(atLeast), calls: calls((at) => ({ n: reversed(at) })) },
  'fail-missing': {
    patterns: patterns((n) => ({ n })),
    calls: calls((at) => ({ n: at === 7 ? 8 : at })),
  },
  'fail-overlapping': {
    patterns: patterns(atLeast),
    calls: calls((at) => ({ n: Math.max(0, reversed(at) - 1) })),
  },
  'fail-crowded': {
    patterns: patterns((at) => (at <= 100 ? { n: { $lt: 100 } } : { n: { $gte: 0 } })),
    calls: calls((n) => ({ n })),
  },
};

const problem = problems[variant];
if (!problem) throw new Error(`Cannot measure: there is no problem "${variant}"`);
const steps = problem.calls.flatMap((call, at) => [
  { type: 'tool_call', id: `c${at}`, ...call },
  { type: 'tool_result', id: `c${at}`, result: 'ok' },
]);
const names = { schema_version: 1, task: 'match', agent: 'recorded', trial: 1 };
const trajectory = { ...names, steps, stop: 'completed' };
const judge = await prepareJudge({ calls: { any_order: problem.patterns } });

const times = Array.from({ length: 20 }, () => {
  const started = performance.now();
  const { status } = judge(trajectory);
  if (!variant.startsWith(status)) throw new Error(`Cannot measure "${variant}": it is ${status}`);
  return performance.now() - started;
});
console.log(JSON.stringify({ first: times[0], warm: median(times.slice(10)) }));
