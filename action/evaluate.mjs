// Runs `eval`, and `diff` where there is a baseline, for the GitHub Action and the recipe for GitLab: every input comes by the environment, nothing through a shell.
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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
  console.log(`agentops ${args.join(' ')}`.replace(/[\r\n]/g, ' '));
  const { status, error } = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' });
  if (error) throw error;
  return status ?? 3; // killed by a signal: nothing is decided
}

/** Where the reports go. */
const [given = 'agentops-report'] = lines('AGENTOPS_REPORTS');
const folder = path.resolve(given);
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

/** What this writes; what lies there already came with the repository, or tells of another run. */
const WRITTEN = [
  ...['comment.md', 'report.html', 'report.json', 'junit.xml', 'annotations.txt'],
  ...['diff.md', 'diff.html'],
];

/** The comment of an earlier run must not go on telling that all is well. */
const UNDECIDED = `<!-- agentops -->
## ! Undecided

The evaluation came to no report: the log of this job says why.
`;

mkdirSync(folder, { recursive: true });
for (const name of WRITTEN) rmSync(file(name), { force: true });
const ended = evaluate();
const isWithoutRun = ended === 0 && !existsSync(file('report.json')); // as with --list among the arguments
if (isWithoutRun) console.log('agentops: nothing was run, so that nothing is decided');
const code = isWithoutRun ? 3 : ended;
if (!existsSync(file('comment.md'))) writeFileSync(file('comment.md'), UNDECIDED);
// Commands to the runner are obeyed on standard output alone
if (existsSync(file('annotations.txt'))) {
  process.stdout.write(readFileSync(file('annotations.txt'), 'utf8'));
}
compare();
const outputs = process.env['GITHUB_OUTPUT'];
if (outputs) appendFileSync(outputs, `exit_code=${code}\nreports=${folder}\n`);
// The action ends with this code after it has reported; elsewhere this is the end
if (!github) process.exitCode = code;
