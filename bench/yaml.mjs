import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { median, runInTurn } from './measure.mjs';
import { atMost, peakOf, told } from './rows.mjs';

const TASKS = 10_000;
const child = fileURLToPath(new URL('children/load-yaml.mjs', import.meta.url));

/**
 * Reading and checking a very large suite, held against what the YAML parser alone takes.
 * @type {import('./bench.mjs').Group}
 */
export async function yaml(bench) {
  const { scratch, rounds } = bench;
  const suite = path.join(scratch, 'large.suite.yaml');
  writeFileSync(suite, [HEAD, ...Array.from({ length: TASKS }, (_, at) => taskText(at))].join(''));
  writeFileSync(path.join(scratch, 'large.jsonl'), '');
  const bundle = await bundleLoader(bench);
  const program = (/** @type {string} */ how) => ({ name: how, args: [child, how, suite, bundle] });
  const programs = ['load', 'parse', 'json'].map(program);
  const [loads = [], parses = [], jsons = []] = runInTurn(programs, { scratch, rounds });
  const ratios = loads.map((run, at) => {
    const floor = parses[at];
    return floor ? (told([run], 'ms')[0] ?? 0) / (told([floor], 'ms')[0] ?? 0) : Number.NaN;
  });
  return [
    row('load and check 10,000 tasks in YAML', loads, [
      atMost('× parsing alone', median(ratios), 2),
    ]),
    row('parseDocument and toJS of the same', parses),
    row('JSON.parse of the same as JSON', jsons),
  ];
}

/**
 * @param {string} name
 * @param {readonly import('./measure.mjs').Run[]} runs
 * @param {readonly import('./table.mjs').Bar[]} [bars]
 * @returns {import('./table.mjs').Row}
 */
function row(name, runs, bars = []) {
  const seconds = told(runs, 'ms').map((ms) => ms / 1000);
  return {
    name,
    median: median(seconds),
    fastest: Math.min(...seconds),
    mebibytes: peakOf(runs),
    bars,
  };
}

const HEAD = 'suite: large\nagents: { recorded: { replay: ./large.jsonl } }\ntasks:\n';

/** @param {number} number */
function taskText(number) {
  const order = 1_000_000 + number;
  return `  - id: case-${number}
    input: My order ${order} is late. I want my money back.
    expect:
      calls: { in_order: [{ get_order: { order_id: "${order}" } }] }
`;
}

/**
 * The loader alone, built as the program is: the command would add a start and a report.
 * @param {import('./bench.mjs').Bench} bench
 */
async function bundleLoader({ root, scratch }) {
  const contents = `export { loadSuites } from './src/suite/load-suites.ts';
    export { suiteKinds } from './src/cli/registries.ts';`;
  const outdir = path.join(scratch, 'loader');
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts', sourcefile: 'loader.ts' },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['jiti'],
    define: { __AGENTOPS_VERSION__: '"bench"' },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  return path.join(outdir, 'stdin.mjs');
}
