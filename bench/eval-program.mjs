import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

/** @typedef {import('./bench.mjs').Bench} Bench */

/**
 * A run of `agentops eval` on a suite that must pass; `trials` is how many of them there must be, every one of which passes.
 * @param {Bench} bench
 * @param {{ name: string, suite: string, trials?: number }} wanted
 * @returns {import('./measure.mjs').Program}
 */
export function evalProgram({ cli, scratch }, { name, suite, trials }) {
  const out = path.join(scratch, 'runs');
  return {
    name,
    args: [cli, 'eval', path.basename(suite), '--out', out],
    cwd: path.dirname(suite),
    before: () => rmSync(out, { recursive: true, force: true }),
    check: () => checkTotals(out, trials),
  };
}

/**
 * A run that judged nothing would be the fastest.
 * @param {string} out
 * @param {number | undefined} trials
 */
function checkTotals(out, trials) {
  const [id = ''] = readdirSync(path.join(out, 'runs'));
  const { totals } = JSON.parse(readFileSync(path.join(out, 'runs', id, 'run.json'), 'utf8'));
  const wanted = trials === undefined ? totals.planned > 0 : totals.pass === trials;
  if (!wanted || totals.error > 0) {
    throw new Error(`Cannot measure: ${JSON.stringify(totals)}, wanted ${trials} trials that pass`);
  }
}
