import { AgentopsError } from '../errors.ts';
import { comparedJudges, comparisonLines } from '../report/comparison-text.ts';
import { createInk } from '../report/ink.ts';
import { joinLines } from '../report/join-lines.ts';
import { jsonLine } from '../report/json-text.ts';
import { type ComparedRuns, type CompareOptions, compareTrials } from '../run/compare-trials.ts';
import { catchSignals } from './catch-signals.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import type { JudgeOptions } from './judge-options.ts';
import { warningText } from './messages.ts';
import type { streamsOf } from './streams.ts';

/** Lets judges compare the trials of two runs and prints what they say; returns the exit code. Throws `usage` where there is nothing to compare. */
export async function compareRuns(
  runs: ComparedRuns,
  settings: Omit<CompareOptions, 'signal' | 'only'>,
  { only, json }: JudgeOptions,
  { stdout, stderr }: ReturnType<typeof streamsOf>,
): Promise<ExitCode> {
  const { signal, caught } = catchSignals(() => undefined);
  const options = { ...settings, signal, ...(only && { only }) };
  const { trials, notes } = await compareTrials(runs, options);
  if (trials.length === 0) {
    const words = `Cannot compare run ${runs.head.id} with ${runs.base.id}: they have no trial in common that an LLM judge is asked about`;
    throw new AgentopsError('usage', words);
  }
  for (const note of notes) await stderr.output.write(await warningText(note, stderr.look));
  const ink = await createInk(stdout.look);
  const text = json ? jsonText(runs, trials) : joinLines(await comparisonLines(trials, ink));
  await stdout.output.write(text);
  const gate = trials.some(({ better }) => better === null) ? 'inconclusive' : 'pass';
  return exitCodeOf({ gate, signal: caught() });
}

function jsonText(
  { base, head }: ComparedRuns,
  trials: Parameters<typeof comparedJudges>[0],
): string {
  const lines = trials.map((one) => `\n${jsonLine(one)}`).join(',');
  const judges = jsonLine(comparedJudges(trials));
  const ids = `"base": ${jsonLine(base.id)},\n"head": ${jsonLine(head.id)}`;
  return `{\n"schema_version": 1,\n${ids},\n"judges": ${judges},\n"trials": [${lines}\n]\n}\n`;
}
