import type { TrialResult } from '../model/trial-result.ts';
import { terminalLine } from '../report/terminal-text.ts';

/** Shows how far a run is. */
export interface Progress {
  add(finished: TrialResult, planned: number): void;
  end(): void;
}

const EVERY_MS = 100;
const SILENT: Progress = { add: () => undefined, end: () => undefined };

/** Shows one line on a terminal that is rewritten a few times a second: done, rate, cost, time left, what ran last. Nothing where there is no terminal, or in CI. */
export function startProgress(
  stream: NodeJS.WriteStream,
  environment: Readonly<Record<string, string | undefined>>,
): Progress {
  if (!stream.isTTY || environment['CI'] || environment['TERM'] === 'dumb') return SILENT;
  const started = performance.now();
  const sums = { done: 0, cost: 0, failed: 0 };
  let [shown, drawn] = [started, false];
  return {
    add: (finished, planned) => {
      sums.done++;
      sums.cost += finished.cost_usd ?? 0;
      if (finished.status === 'fail' || finished.status === 'error') sums.failed++;
      const now = performance.now();
      if (now - shown < EVERY_MS) return;
      shown = now;
      drawn = true;
      const line = lineOf(sums, planned, (now - started) / 1000, finished);
      stream.write(`\r\x1b[2K${line.slice(0, Math.max(10, stream.columns - 1))}`);
    },
    end: () => {
      if (drawn) stream.write('\r\x1b[2K');
    },
  };
}

function lineOf(
  { done, cost, failed }: { done: number; cost: number; failed: number },
  planned: number,
  seconds: number,
  last: TrialResult,
): string {
  const rate = done / Math.max(seconds, 1e-3);
  const parts = [`${done}/${planned} trials`, `${rate.toFixed(rate < 10 ? 1 : 0)}/s`];
  if (failed > 0) parts.push(`${failed} not passed`);
  if (cost > 0) parts.push(`$${cost.toFixed(4)}`);
  parts.push(`${Math.ceil((planned - done) / rate)} s left`, terminalLine(last.task ?? ''));
  return parts.join('  ');
}
