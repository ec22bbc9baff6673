// Corpora that others have judged, one file each.
import { adk, adkTraces, agentevalsSamples } from './adk.mjs';
import { agentdojo } from './agentdojo.mjs';
import { agentevals } from './agentevals.mjs';
import { bfcl } from './bfcl.mjs';
import { judgeRecords } from './judge-records.mjs';
import { tauBench } from './tau-bench.mjs';
import { tau2Bench } from './tau2-bench.mjs';

/**
 * One set of verdicts of others, and ours on the same trajectories.
 * @typedef {object} Result
 * @property {string} set  such as a model, or a file
 * @property {string} question  what both answer
 * @property {import('./compare.mjs').Answer[]} answers
 * @property {string} [faults]  what could not be imported, in words
 * @property {Bar | undefined} [bar]  how far both must agree
 * @property {Figure[]} [figures]
 * @property {import('./alarms.mjs').Alarm[]} [alarms]
 */

/**
 * The share of answers that must agree: `agreed` in `of`. Results with the same `pool` are counted together.
 * @typedef {{ agreed: number, of: number, pool?: string }} Bar
 */

/**
 * A figure of ours beside one that is published, equal to so many digits after the point where it is held to that.
 * @typedef {{ figure: string, ours: number, theirs: number, digits: number, isHeld: boolean }} Figure
 */

/**
 * A folder of trajectories with verdicts.
 * @typedef {object} Corpus
 * @property {string} folder  its name
 * @property {(folder: string, work: string) => Iterable<Result>} results  imports and evaluates what is there; `work` is an empty folder
 */

/** @type {readonly Corpus[]} */
export const corpora = [
  tauBench,
  tau2Bench,
  agentdojo,
  bfcl,
  agentevals,
  adk,
  adkTraces,
  agentevalsSamples,
  judgeRecords,
];
