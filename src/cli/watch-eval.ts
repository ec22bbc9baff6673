import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { AgentopsError, messageOf } from '../errors.ts';
import { reporters } from '../report/registry.ts';
import { filesOfSuites } from '../suite/files-of-suites.ts';
import { findSuiteFiles } from '../suite/find-suite-files.ts';
import { foldersToWatch } from '../suite/folders-to-watch.ts';
import { loadConfig } from '../suite/load-config.ts';
import { loadSuites } from '../suite/load-suites.ts';
import { projectRoot } from '../suite/project-root.ts';
import type { EvalOptions } from './eval-options.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { errorText, noteText, warningText } from './messages.ts';
import { suiteKinds } from './registries.ts';
import { type Stream, streamsOf } from './streams.ts';
import { watchFiles } from './watch-files.ts';
import { watchLoop } from './watch-loop.ts';
import { argumentsFor, runAnew } from './watch-run.ts';
import { catchInterruptions } from './watch-signals.ts';
import { changeLines, waitingLine } from './watch-words.ts';

const CLEAR = '\x1b[2J\x1b[H';

/** Evaluates suites, then again what edits touch, until it is interrupted; each run is one of `agentops eval` without `--watch`. Throws `usage` for what cannot be watched. */
export async function watchEval(paths: readonly string[], command: Command): Promise<ExitCode> {
  const options = command.opts<Record<string, unknown>>();
  for (const one of ['list', 'failed']) {
    if (options[one]) throw cannotWatch(one);
  }
  const { stdout, stderr } = streamsOf(command);
  const cwd = process.cwd();
  if (!(await areThere(paths, cwd))) {
    const wanted = 'expected *.suite.yaml files under suites/, or the names of some';
    throw new AgentopsError('usage', `Cannot run: there are no suites here, ${wanted}`);
  }
  const interruptions = catchInterruptions();
  const nameOf = (file: string) => path.relative(cwd, file) || file;
  const unwatched = (folder: string, thrown: unknown): void => {
    void warn(`Cannot watch "${nameOf(folder)}": ${messageOf(thrown)}`, stderr);
  };
  const words = { ascii: stderr.look.ascii, nameOf };
  await watchLoop({
    find: () => suitesNow(paths, cwd),
    look: async (suites) => filesOfSuites(await loadSuites(suites, suiteKinds)),
    stampOf,
    foldersOf: (files) => foldersToWatch(paths, cwd, files),
    run: async (changes, known) => {
      if (changes) await announce(changeLines(changes, known, words), { stdout, stderr });
      const suites = changes ? changes.suites : paths;
      if (changes && suites.length === 0) return;
      const args = argumentsFor(command, suites);
      await runAnew(args, interruptions).catch((thrown) => tell(thrown, stderr));
    },
    waits: (known) => note(waitingLine(known), stderr),
    watcher: watchFiles({ unwatched }),
    records: await writesRecordings(command.opts<EvalOptions>(), cwd),
    signal: interruptions.first,
  });
  return exitCodeOf({ signal: interruptions.caught() });
}

/** Whether runs write recordings, of agents or of judges, as far as the options and the settings at the start say. */
async function writesRecordings({ record, judge }: EvalOptions, cwd: string): Promise<boolean> {
  if (record || judge !== undefined) return record === true || judge === 'live';
  const root = await projectRoot(path.join(cwd, 'agentops'));
  const { config } = await loadConfig(root, { reporters: reporters.map(({ key }) => key) });
  return config?.eval.judge === 'live';
}

function cannotWatch(option: string): AgentopsError {
  const why = 'expected one of them: what is watched is run again whatever came of it';
  return new AgentopsError('usage', `Cannot use --watch with --${option}: ${why}`);
}

async function areThere(paths: readonly string[], cwd: string): Promise<boolean> {
  const { files, faults } = await findSuiteFiles(paths, cwd);
  return files.length + faults.length > 0;
}

/** The suite files that there are now; a name that matches none any more names none. */
async function suitesNow(paths: readonly string[], cwd: string): Promise<string[]> {
  const found = new Set<string>();
  for (const named of paths.length === 0 ? [[]] : paths.map((name) => [name])) {
    const { files } = await findSuiteFiles(named, cwd).catch(() => ({ files: [] }));
    for (const file of files) found.add(file);
  }
  return [...found].sort();
}

/** What a save changes of a file, however an editor saves. */
async function stampOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  return found ? `${found.dev} ${found.ino} ${found.size} ${found.mtimeMs}` : '';
}

/** Says what changed, on a terminal on a screen that was cleared. */
async function announce(
  lines: readonly string[],
  { stdout, stderr }: { stdout: Stream; stderr: Stream },
): Promise<void> {
  if (process.stdout.isTTY && process.env['TERM'] !== 'dumb') await stdout.output.write(CLEAR);
  await note(lines.join('\n'), stderr);
}

async function note(text: string, stderr: Stream): Promise<void> {
  await stderr.output.write(await noteText(text, stderr.look));
}

async function warn(text: string, stderr: Stream): Promise<void> {
  await stderr.output.write(await warningText(text, stderr.look));
}

async function tell(thrown: unknown, stderr: Stream): Promise<void> {
  await stderr.output.write(await errorText(thrown, stderr.look));
}
