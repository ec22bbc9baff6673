// Judges a short and a long trajectory by each safety rule, and prints the microseconds that a step took.
import { pathToFileURL } from 'node:url';
import { safePolicy, safeRules, safeSecrets, safeSteps, safeTools } from '../safe-steps.mjs';

const ROUNDS = 3;
const [library = ''] = process.argv.slice(2);
const { prepareJudge } = await import(pathToFileURL(library).href);

/** Calls take three steps each, one in ten a fourth. */
const [short, long] = [3_200, 32_000].map((calls) => {
  const steps = JSON.parse(JSON.stringify(safeSteps(calls, 0)).replaceAll('ID', 'long'));
  return { calls, steps };
});

/** @type {Record<string, { short: number, long: number }>} */
const told = {};
for (const rule of ['policy', ...Object.keys(safeRules(1))]) {
  told[rule] = { short: await timeOf(rule, short), long: await timeOf(rule, long) };
}
console.log(JSON.stringify(told));

/**
 * The least time that a step took in some rounds.
 * @param {string} rule
 * @param {{ calls: number, steps: unknown[] } | undefined} run
 */
async function timeOf(rule, run) {
  if (!run) throw new Error('Cannot measure: there are no steps');
  const { calls, steps } = run;
  const expect = safeRules(calls)[rule] ?? { stop: 'completed' };
  const policy = ['policy', 'blocked', 'no_workaround'].includes(rule)
    ? { policy: safePolicy }
    : {};
  const options = { tools: safeTools, secrets: safeSecrets, ...policy };
  const judge = await prepareJudge(expect, options);
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const names = { schema_version: 1, task: 'long', agent: 'a', trial: 1, stop: 'completed' };
    const started = performance.now();
    const { verdicts } = await judge({ ...names, steps });
    least = Math.min(least, performance.now() - started);
    refuseFailure(rule, verdicts);
  }
  return (1000 * least) / steps.length;
}

/**
 * @param {string} rule
 * @param {readonly { path: string, status: string, reason: string }[]} verdicts
 */
function refuseFailure(rule, verdicts) {
  const own = verdicts.filter(({ path }) => path.includes(rule) && path !== 'policy.deny');
  const bad = own.find(({ status }) => status !== 'pass');
  if (own.length === 0 || bad)
    throw new Error(`Cannot measure "${rule}": ${bad?.reason ?? 'no verdict'}`);
}
