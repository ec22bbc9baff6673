// Runs programs in turn and measures each: time by the clock, time of the processor, peak of resident memory.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {readonly string[]} args  what node is given
 * @property {string} [cwd]
 * @property {(stdout: string) => void} [check]  throws where the program did not do its work
 * @property {() => void} [before]  what is prepared before each run, and not measured
 */

/**
 * @typedef {object} Run
 * @property {number} seconds by the clock
 * @property {number} cpu seconds of the processor
 * @property {number} mebibytes peak of resident memory
 * @property {string} stdout
 */

const TIME = '/usr/bin/time';
const hasTime =
  existsSync(TIME) && spawnSync(TIME, ['-v', 'true'], { encoding: 'utf8' }).status === 0;
const preload = fileURLToPath(new URL('peak-memory.mjs', import.meta.url));

/** How memory is measured, for the head of the table. */
export const memorySource = hasTime
  ? 'peak memory by /usr/bin/time -v'
  : 'peak memory by process.resourceUsage, which every program loads at its start';

/**
 * Runs every program once in each round, so that what else the machine does falls on all of them alike.
 * @param {readonly Program[]} programs
 * @param {{ rounds: number, scratch: string }} options  scratch is a folder for notes
 * @returns {Run[][]} runs by program
 */
export function runInTurn(programs, { rounds, scratch }) {
  /** @type {Run[][]} */
  const runs = programs.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, program] of programs.entries()) runs[at]?.push(runOnce(program, scratch));
  }
  return runs;
}

/**
 * @param {Program} program
 * @param {string} scratch
 * @returns {Run}
 */
function runOnce({ name, args, cwd, check, before }, scratch) {
  before?.();
  const note = path.join(scratch, 'usage.txt');
  const [command, given] = hasTime
    ? [TIME, ['-v', '-o', note, process.execPath, ...args]]
    : [process.execPath, ['--import', preload, ...args]];
  const options = {
    encoding: /** @type {const} */ ('utf8'),
    maxBuffer: 1 << 28,
    ...(cwd && { cwd }),
  };
  const env = { ...process.env, NO_COLOR: '1', BENCH_USAGE_FILE: note };
  const started = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, given, { ...options, env });
  const seconds = (performance.now() - started) / 1000;
  if (error) throw error;
  if (status !== 0)
    throw new Error(`Cannot measure "${name}": exit code ${status}\n${stderr}${stdout}`);
  check?.(stdout);
  return { seconds, stdout, ...usageOf(readFileSync(note, 'utf8')) };
}

/** @param {string} text */
function usageOf(text) {
  if (!hasTime) return JSON.parse(text);
  return {
    cpu: figure(text, 'User time') + figure(text, 'System time'),
    mebibytes: figure(text, 'Maximum resident set size') / 1024,
  };
}

/**
 * @param {string} text
 * @param {string} name
 */
function figure(text, name) {
  const found = new RegExp(`${name}[^:]*: ([\\d.]+)`).exec(text);
  if (!found) throw new Error(`Cannot read the usage of a program: "${name}" is missing`);
  return Number(found[1]);
}

/**
 * The middle of some figures.
 * @param {readonly number[]} figures at least one
 */
export function median(figures) {
  const sorted = figures.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}
