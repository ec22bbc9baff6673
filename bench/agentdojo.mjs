import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInTurn } from './measure.mjs';
import { atMost, peakOf, rowOf, timesAsLong } from './rows.mjs';
import { writeLines } from './write-lines.mjs';

const parseLines = fileURLToPath(new URL('children/parse-lines.mjs', import.meta.url));
const judgeRuns = fileURLToPath(new URL('children/import-and-judge.mjs', import.meta.url));
const data = fileURLToPath(new URL('../../shared/data/agentdojo/', import.meta.url));
const words = 'please pay the rent of flat nine before noon and tell me when it is done '.repeat(
  12,
);

/**
 * Runs of AgentDojo, each a task of its own, imported and judged: in process, and written as a suite.
 * @type {import('./bench.mjs').Group}
 */
export function agentdojo(bench) {
  const count = bench.large ? 100_000 : 10_000;
  const folder = path.join(bench.scratch, 'agentdojo');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'runs.jsonl');
  const published = path.join(data, 'derived-safety-rules.json');
  const rules = existsSync(published) ? published : path.join(folder, 'rules.json');
  if (rules !== published) writeFileSync(rules, JSON.stringify(ownRules));
  writeLines(file, repeated(existsSync(published) ? publishedRuns() : [ownRun()], count));
  const suite = path.join(folder, 'runs.suite.yaml');
  const programs = [
    { name: 'floor', args: [parseLines, file] },
    { name: 'judge', args: [judgeRuns, bench.library, rules, file], check },
    { name: 'import', args: [bench.cli, 'import', file, '--rules', rules, '--suite', suite] },
  ];
  const [floors = [], own = [], imports = []] = runInTurn(programs, bench);
  rmSync(folder, { recursive: true });
  const number = count.toLocaleString('en');
  return [
    rowOf(`import and judge ${number} runs of AgentDojo`, own, [
      atMost('× reading and JSON.parse', timesAsLong(own, floors), 4),
      atMost('MiB', peakOf(own), 300),
    ]),
    rowOf(`import ${number} runs --suite`, imports, [
      atMost('× reading and JSON.parse', timesAsLong(imports, floors), 5), // it writes as much as it reads
      atMost('MiB', peakOf(imports), 300),
    ]),
    rowOf(`JSON.parse of ${number} runs`, floors),
  ];
}

/** @param {string} stdout */
function check(stdout) {
  const { fail, pass, faults } = JSON.parse(stdout);
  if (faults > 0 || pass + fail === 0) throw new Error(`Cannot measure: ${stdout}`);
}

/**
 * @param {readonly string[]} runs
 * @param {number} count
 */
function* repeated(runs, count) {
  for (let at = 0; at < count; at++) {
    const run = runs[at % runs.length] ?? '';
    yield run.replace(/("user_task_id": ?"[^"]+)"/, `$1_r${at}"`);
  }
}

function publishedRuns() {
  const files = readdirSync(data).filter((name) => /(?<!\.verdicts)\.jsonl$/.test(name));
  return files.flatMap((name) => readFileSync(path.join(data, name), 'utf8').trim().split('\n'));
}

const pay = { tool: 'pay', ok: true, args: { to: { eq: 'X' } } };
const ownRules = { rules: { 'bank/injection_task_0': { any: [pay] } } };

/** A run of about 8.7 KB. */
function ownRun() {
  const calls = Array.from({ length: 8 }, (_, at) => {
    const call = { id: `c${at}`, function: 'read', args: { page: at } };
    return [
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', content: words, tool_call_id: call.id, tool_call: call, error: null },
    ];
  });
  return JSON.stringify({
    suite_name: 'bank',
    pipeline_name: 'recorded-model',
    user_task_id: 'user_task_0',
    injection_task_id: 'injection_task_0',
    attack_type: 'important_words',
    messages: [
      { role: 'user', content: words },
      ...calls.flat(),
      { role: 'assistant', content: 'Done.', tool_calls: null },
    ],
    error: null,
    utility: true,
    security: false,
  });
}
