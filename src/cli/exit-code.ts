import type { ErrorCode } from '../errors.ts';
import { countedStatus } from '../gate/merged-gate.ts';
import type { ComparisonGate } from '../model/comparison-gate.ts';
import type { DiffSummary } from '../model/diff.ts';
import type { GateStatus } from '../model/status.ts';

/** How a command can end. */
export type ExitCode = 0 | 1 | 2 | 3 | 130 | 143;

/** Signals that end a run with what was done kept. */
export type EndSignal = 'SIGINT' | 'SIGTERM';

/** What came of a command; what is left out did not happen. */
export interface Outcome {
  /** Answer of the gate, for commands that hold one. */
  readonly gate?: GateStatus | null;
  /** What went wrong beside the verdicts: files, reporters, agentops itself. */
  readonly trouble?: readonly ErrorCode[];
  /** What interrupted it. */
  readonly signal?: EndSignal | null;
}

const ofSignal = { SIGINT: 130, SIGTERM: 143 } satisfies Record<EndSignal, ExitCode>;

const ofGate = { pass: 0, fail: 1, inconclusive: 3, error: 3 } satisfies Record<
  GateStatus,
  ExitCode
>;

/** 2 where nothing was run because of what the user gave, 3 where something outside the verdicts broke. */
const ofTrouble = {
  usage: 2,
  suite_fault: 2,
  input_fault: 2,
  store_fault: 3,
  disk_fault: 3,
  mock_fault: 3,
  model_fault: 3,
  agent_fault: 3,
  internal: 3,
} satisfies Record<ErrorCode, ExitCode>;

/** The exit code of a command: an interruption first, then a failed gate whatever else is in error, then trouble, then the gate. */
export function exitCodeOf({ gate = null, trouble = [], signal = null }: Outcome): ExitCode {
  if (signal !== null) return ofSignal[signal];
  if (gate === 'fail') return ofGate.fail;
  // Once a gate was held something was run, and 2 would deny that
  if (trouble.length > 0) {
    return gate === null && trouble.every((code) => ofTrouble[code] === 2) ? 2 : 3;
  }
  return gate === null ? 0 : ofGate[gate];
}

/** What came of a comparison of two runs. */
export interface ComparisonOutcome extends Omit<Outcome, 'gate'> {
  readonly diff: DiffSummary;
  readonly gate: ComparisonGate;
  /** Rules were named: without any only missing tasks count. */
  readonly isGated: boolean;
}

/** The exit code of a comparison. An undecided one counts only where `inconclusive` was named. */
export function comparisonExit({ diff, gate, isGated, ...rest }: ComparisonOutcome): ExitCode {
  const shown = diff.counts.missing > 0 ? 'error' : 'pass';
  return exitCodeOf({ ...rest, gate: isGated ? countedStatus(gate) : shown });
}
