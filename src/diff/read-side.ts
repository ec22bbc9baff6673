import { AgentopsError } from '../errors.ts';
import type { TrialResult } from '../model/trial-result.ts';
import type { ComparedSide } from './compared-side.ts';
import { RowIndex } from './row-index.ts';
import type { SideRow } from './side-row.ts';
import { TrialColumns } from './trial-columns.ts';
import { VerdictTally } from './verdict-tally.ts';

/** One of the two runs with its trials reduced to numbers; rows are named by their place. */
export interface ReadSide {
  readonly side: ComparedSide;
  readonly trials: TrialColumns;
  readonly verdicts: VerdictTally;
}

/** Reads the trials of a run once. Throws `store_fault` or `input_fault` where they are not those that its rows plan and tell: one twice, of no planned row, with figures that none can have, too many, or too few of a run that finished. */
export async function readSide(side: ComparedSide): Promise<ReadSide> {
  const { agent, status } = side.facts;
  const rows = new RowIndex();
  for (const [at, row] of side.rows.entries()) {
    if (!rows.add(row, at)) throw faulty(side, `${nameOf(row)} is planned twice`);
  }
  const trials = new TrialColumns();
  const verdicts = new VerdictTally();
  for await (const batch of side.trials()) {
    for (const placed of batch) {
      const { result } = placed;
      if (agent !== null && result.agent !== agent) continue;
      const at = rows.find(result);
      const row = side.rows.at(at ?? -1);
      if (at === undefined || !row) throw faulty(side, `trial ${result.id} is of no planned row`);
      const odd = oddityOf(result);
      if (odd !== null) throw faulty(side, `trial ${result.trial} of ${nameOf(row)} ${odd}`);
      trials.add(at, placed);
      verdicts.add(at, row, result);
    }
  }
  const twice = trials.sort(side.rows.length);
  if (twice) {
    const words = `trial ${twice.number} of ${nameOf(side.rows.at(twice.row))} stands there twice`;
    throw faulty(side, words);
  }
  for (const [at, row] of side.rows.entries()) {
    const problem = problemOf(row, trials, at, status !== 'unfinished');
    if (problem !== null) throw faulty(side, `${nameOf(row)} ${problem}`);
  }
  return { side, trials, verdicts };
}

/** What of a result no run can have written: a file may have been edited so that nothing is ever worse than it. */
function oddityOf(result: TrialResult): string | null {
  const { trial, score } = result;
  if (!Number.isInteger(trial) || trial < 1 || trial > MOST_TRIALS) return 'has no such number';
  if (score !== null && !(score >= 0 && score <= 1)) return `has the score ${score}`;
  const key = NEVER_NEGATIVE.find((one) => !((result[one] ?? 0) >= 0));
  return key === undefined ? null : `has ${result[key]} as ${key}`;
}

const MOST_TRIALS = 2 ** 31 - 1;
const NEVER_NEGATIVE = ['cost_usd', 'input_tokens', 'output_tokens', 'tool_calls'] as const;

/** Why the trials of a row are not those that it plans and tells, null where they are. */
function problemOf(
  { trials: planned, told }: SideRow,
  trials: TrialColumns,
  at: number,
  isFinished: boolean,
): string | null {
  const found = trials.count(at);
  if (found > planned || (isFinished && found < planned)) {
    return `has ${found} trials, and ${planned} were planned`;
  }
  if (!told) return null;
  const { pass } = trials.ends(at);
  return pass === told.passed
    ? null
    : `says that ${told.passed} of its trials passed, and ${pass} did`;
}

function nameOf(row: SideRow | undefined): string {
  const { suite, task, agent, attack } = row ?? { suite: '', task: '', agent: '', attack: null };
  return JSON.stringify([suite, task, agent, attack]);
}

function faulty({ facts: { run, source } }: ComparedSide, state: string): AgentopsError {
  const code = source === 'run' ? 'store_fault' : 'input_fault';
  return new AgentopsError(code, `Cannot compare run ${run}: ${state}`);
}
