import path from 'node:path';
import type { Command } from 'commander';
import { calibrate } from '../calibration/calibrate.ts';
import type { JudgeCalibration } from '../calibration/calibration-result.ts';
import { strangeJudges } from '../calibration/strange-judges.ts';
import { AgentopsError } from '../errors.ts';
import { calibrationLines } from '../report/calibration-lines.ts';
import { createInk } from '../report/ink.ts';
import { joinLines } from '../report/join-lines.ts';
import { jsonLine } from '../report/json-text.ts';
import type { CalibrateOptions } from './calibrate-options.ts';
import { type CalibratedRun, judgeReplays, openJudgedRun } from './calibrated-run.ts';
import { type CalibrationLabels, calibrationLabels } from './calibration-labels.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { judgeOf } from './judge-of.ts';
import { faultsText, noteText, warningText } from './messages.ts';
import { saveCalibration } from './save-calibration.ts';
import { type Stream, streamsOf } from './streams.ts';

/** Holds the LLM judges of a run against people and says how they did; returns the exit code: 1 where one agrees less than it must, 2 where labels are at fault, 3 where one could not be compared. */
export async function runCalibrate(
  target: string,
  options: CalibrateOptions,
  command: Command,
): Promise<ExitCode> {
  const { stdout, stderr } = streamsOf(command);
  const isSuite = /\.suite\.yaml$/.test(target);
  if (!isSuite && options.judge) {
    const words = 'Cannot use --judge with a run: its judges have answered, expected a suite';
    throw new AgentopsError('usage', words);
  }
  const source = isSuite
    ? await judgeReplays(target, options, stderr)
    : await openJudgedRun(target, options.out);
  if (source === null) return exitCodeOf({ trouble: ['suite_fault'] });
  if (source.signal !== null) return exitCodeOf({ signal: source.signal });
  const { run, suites } = source;
  const labels = await calibrationLabels(options.labels ?? [], run, suites);
  const { judges, faults } = await calibrate(run, (suite, judge) => ({
    spec: judgeOf(suites.get(suite), judge),
    labels: labels.of(suite, judge).labels,
  }));
  if (judges.length === 0) {
    const words = `Cannot calibrate run ${run.id}: it holds no verdict of an LLM judge, expected a suite whose expect or prefer asks one`;
    throw new AgentopsError('usage', words);
  }
  const wrong = [...labels.faults, ...faults];
  const nameOf = (file: string) => path.relative(process.cwd(), file) || file;
  await stderr.output.write(await faultsText(wrong, stderr.look, nameOf));
  for (const note of labels.notes) await stderr.output.write(await noteText(note, stderr.look));
  const known = new Set(judges.map(({ entry }) => entry.judge));
  for (const words of strangeJudges(labels.all, known)) await warn(words, stderr);
  const saved = await save(source, judges, labels, options.save && wrong.length === 0, stderr);
  if (wrong.length > 0 && options.save) await warn('Nothing is saved: labels are at fault', stderr);
  await print(judges, run.id, saved, options.json === true, stdout);
  return wrong.length > 0 ? 2 : codeOf(judges);
}

function codeOf(judges: readonly JudgeCalibration[]): ExitCode {
  const isBelow = ({ entry: { kappa, items }, least_kappa }: JudgeCalibration) =>
    items > 0 && least_kappa !== null && !(kappa !== null && kappa >= least_kappa);
  if (judges.some(isBelow)) return 1;
  const isOpen = ({ entry: { items }, least_kappa }: JudgeCalibration) =>
    items === 0 && least_kappa !== null;
  // A judge that nobody labelled, and that needs no calibration, holds nothing up
  return judges.some(isOpen) || judges.every(({ entry }) => entry.items === 0) ? 3 : 0;
}

async function save(
  { suites, unsaved }: CalibratedRun,
  judges: readonly JudgeCalibration[],
  labels: CalibrationLabels,
  isWanted: boolean,
  stderr: Stream,
): Promise<string[]> {
  const saved: string[] = [];
  if (!isWanted) return saved;
  for (const name of new Set(judges.map(({ suite }) => suite))) {
    const suite = suites.get(name);
    const why = unsaved.get(name);
    if (!suite || why !== undefined) {
      await warn(`Calibration of "${name}" is not saved: ${why ?? 'it is not at hand'}`, stderr);
      continue;
    }
    const own = judges.filter((one) => one.suite === name);
    const fileOf = (judge: string) => labels.of(name, judge).file;
    const file = await saveCalibration(suite, own, fileOf, Date.now());
    if (file !== null) saved.push(file);
  }
  return saved;
}

async function warn(words: string, { output, look }: Stream): Promise<void> {
  await output.write(await warningText(words, look));
}

async function print(
  judges: readonly JudgeCalibration[],
  run: string,
  saved: readonly string[],
  isJson: boolean,
  { output, look }: Stream,
): Promise<void> {
  if (isJson) {
    await output.write(`${jsonLine({ schema_version: 1, run, saved, judges })}\n`);
    return;
  }
  const ink = await createInk(look);
  const lines: string[] = [];
  for (const judge of judges) lines.push(...(await calibrationLines(judge, run, ink)), '');
  for (const file of saved) {
    lines.push(`Saved ${ink.line(path.relative(process.cwd(), file) || file)}`);
  }
  await output.write(joinLines(lines.at(-1) === '' ? lines.slice(0, -1) : lines));
}
