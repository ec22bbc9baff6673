// Imports and evaluates through the command line, as a user would.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';

const program = fileURLToPath(new URL('../../bin/agentops.js', import.meta.url));

/**
 * @typedef {{ path: string, status: string, score: number | null, reason: string }} Verdict
 * @typedef {{ task: string, agent: string, attack: string | null, trial: number, status: string, verdicts: Verdict[] }} Trial
 * @typedef {{ task: string, agent: string, attack?: string | null, trial: number, labels?: Record<string, unknown> | null, stop: string | null }} Trajectory
 */

/**
 * What came of an import and of the evaluation of the suite that it wrote.
 * @typedef {object} Evaluated
 * @property {Trial[]} trials
 * @property {Trajectory[]} trajectories
 * @property {string} faults  what could not be imported, in words
 */

/**
 * Runs the command line; throws where it ends with anything but the codes that are expected.
 * @param {string} folder
 * @param {string[]} args
 * @param {number[]} codes
 */
export function agentops(folder, args, codes) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1', CI: '1' },
  });
  if (error) throw error;
  if (status === null || !codes.includes(status)) {
    throw new Error(`agentops ${args.join(' ')} ended with ${status}\n${stderr}${stdout}`);
  }
  return { status, stdout, stderr };
}

/**
 * Imports files into a suite and evaluates that.
 * @param {string} folder  an empty folder of its own
 * @param {string[]} files
 * @param {string[]} flags  of `agentops import`
 * @returns {Evaluated}
 */
export function importAndEvaluate(folder, files, flags) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{}\n'); // paths stay under it
  const suite = 'corpus.suite.yaml';
  const imported = agentops(folder, ['import', ...files, ...flags, '--suite', suite], [0, 2, 3]);
  const faults = imported.status === 0 ? '' : imported.stderr.trim();
  if (!existsSync(path.join(folder, suite))) return { trials: [], trajectories: [], faults };
  const { fault, ...evaluated } = evaluate(folder, suite);
  return { ...evaluated, faults: [faults, fault].filter((text) => text !== '').join('\n') };
}

/**
 * Evaluates an imported suite once more with other tools and with expectations of the whole suite.
 * @param {string} folder  that of `importAndEvaluate`
 * @param {(tools: Tools) => { tools?: Tools, expect: Record<string, unknown> }} more
 */
export function evaluateWith(folder, more) {
  const file = path.join(folder, 'corpus.suite.yaml');
  if (!existsSync(file)) return { trials: [], trajectories: [], fault: 'Nothing was imported' };
  const suite = parse(readFileSync(file, 'utf8'));
  const text = stringify({ ...suite, ...more(suite.tools ?? {}) });
  writeFileSync(path.join(folder, 'more.suite.yaml'), text);
  return evaluate(folder, 'more.suite.yaml');
}

/** @typedef {Record<string, { effect?: string, input?: { properties?: Record<string, unknown> } }>} Tools */

/**
 * Evaluates a suite and reads what came of it.
 * @param {string} folder
 * @param {string} suite
 */
export function evaluate(folder, suite) {
  const flags = ['--quiet', '--out', folder, '--reporter', 'json=report.json'];
  const { status, stderr } = agentops(folder, ['eval', suite, ...flags], [0, 1, 2, 3]);
  if (status === 2) return { trials: [], trajectories: [], fault: stderr.trim() };
  const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8'));
  return {
    trials: report.trials,
    trajectories: linesOf(path.join(folder, 'corpus.trajectories.jsonl')),
    fault: '',
  };
}

/**
 * The values of a file of JSON lines.
 * @param {string} file
 * @returns {any[]}
 */
export function linesOf(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line));
}
