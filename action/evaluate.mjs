// Runs `eval`, and `diff` where there is a baseline, for the GitHub Action and the recipe for GitLab: every input comes by the environment, nothing through a shell.
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../bin/agentops.js', import.meta.url));

/**
 * The lines of an input, without white space around them; empty ones are left out.
 * @param {string} name
 * @returns {string[]}
 */
function lines(name) {
  const given = process.env[name] ?? '';
  return given
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** @param {string[]} args */
function agentops(args) {
  console.log(`agentops ${args.join(' ')}`.replaceAll('\n', ' '));
  const { status, error } = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' });
  if (error) throw error;
  return status ?? 3; // killed by a signal: nothing is decided
}

/** Where the reports go. */
const folder = path.resolve(process.env['AGENTOPS_REPORTS'] || 'agentops-report');
/** @param {string} name */
const file = (name) => path.join(folder, name);
const [baseline] = lines('AGENTOPS_BASELINE');
const [margin] = lines('AGENTOPS_MARGIN');
const github = process.env['GITHUB_ACTIONS'] === 'true';
const store = ['--out', file('store')];

function evaluate() {
  const reports = [
    'terminal',
    `markdown=${file('comment.md')}`,
    `html=${file('report.html')}`,
    `json=${file('report.json')}`,
    `junit=${file('junit.xml')}`,
    ...(github ? [`github=${file('annotations.txt')}`] : []),
  ];
  const failOn = lines('AGENTOPS_FAIL_ON').flatMap((rule) => ['--fail-on', rule]);
  const compared = [
    ...(baseline === undefined ? [] : ['--baseline', baseline]),
    ...failOn,
    ...(margin === undefined ? [] : ['--margin', margin]),
  ];
  return agentops([
    'eval',
    ...store,
    ...reports.flatMap((report) => ['--reporter', report]),
    ...compared,
    ...lines('AGENTOPS_ARGUMENTS'),
    '--',
    ...lines('AGENTOPS_SUITES'),
  ]);
}

/** The gate was held by `eval` already: what `diff` says here is only to be read. */
function compare() {
  if (baseline === undefined || !existsSync(file('report.json'))) return;
  const reports = [`markdown=${file('diff.md')}`, `html=${file('diff.html')}`];
  agentops([
    'diff',
    baseline,
    'latest',
    ...store,
    ...reports.flatMap((report) => ['--reporter', report]),
  ]);
}

mkdirSync(folder, { recursive: true });
const code = evaluate();
// Commands to the runner are obeyed on standard output alone
if (existsSync(file('annotations.txt'))) {
  process.stdout.write(readFileSync(file('annotations.txt'), 'utf8'));
}
compare();
const outputs = process.env['GITHUB_OUTPUT'];
if (outputs) appendFileSync(outputs, `exit_code=${code}\nreports=${folder}\n`);
// The action ends with this code after it has reported; elsewhere this is the end
if (!github) process.exitCode = code;
