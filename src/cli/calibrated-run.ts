import { agentKinds } from '../agents/registry.ts';
import { AgentopsError } from '../errors.ts';
import type { Suite } from '../model/suite.ts';
import { runSuites } from '../run/run-suites.ts';
import { openStoredRun, type StoredRun } from '../store/stored-run.ts';
import { loadSuites } from '../suite/load-suites.ts';
import type { CalibrateOptions } from './calibrate-options.ts';
import { catchSignals } from './catch-signals.ts';
import type { EndSignal } from './exit-code.ts';
import { readGitState } from './git.ts';
import { guardRun } from './guard-run.ts';
import { loadForEval } from './load-for-eval.ts';
import { loadSettings } from './load-settings.ts';
import { warningText } from './messages.ts';
import { openRun } from './open-run.ts';
import { plannedSuiteFile } from './planned-suite-file.ts';
import { suiteKinds } from './registries.ts';
import { runSettings } from './run-settings.ts';
import { runsFolder } from './runs-folder.ts';
import type { Stream } from './streams.ts';
import { workingRoot } from './working-root.ts';

/** A run with the suites that it was made of, as far as they are at hand. */
export interface CalibratedRun {
  readonly run: StoredRun;
  /** By name. */
  readonly suites: ReadonlyMap<string, Suite>;
  /** Why nothing may be written beside a suite, by its name. */
  readonly unsaved: ReadonlyMap<string, string>;
  readonly signal: EndSignal | null;
}

/** Judges what the replayed agents of a suite did, in a run of its own; null where faults, which are printed, keep it from being run. Throws `usage` where it replays none. */
export async function judgeReplays(
  file: string,
  { judge = 'recorded', out }: CalibrateOptions,
  stderr: Stream,
): Promise<CalibratedRun | null> {
  const git = readGitState(process.cwd());
  const config = await loadSettings(stderr);
  const suites = config && (await loadForEval([file], stderr));
  const [suite] = suites ?? [];
  if (!config || !suite) return null;
  const agents = suite.agents.filter(({ kind }) => replays(kind)).map(({ name }) => name);
  if (agents.length === 0) {
    const words = `Cannot calibrate "${file}": it has no agent of the kind replay, expected one, or a run in its place, such as latest`;
    throw new AgentopsError('usage', words);
  }
  const base = await runsFolder(out ?? config.eval.out);
  const guard = guardRun();
  try {
    const signals = catchSignals(guard.release);
    const options = { ...runSettings({ judge }, config, [suite]), base, git: await git, judge };
    const selection = { agents };
    const done = await runSuites([suite], { ...options, selection, signal: signals.signal });
    for (const warning of done.summary.warnings) {
      await stderr.output.write(await warningText(warning, stderr.look));
    }
    const run = await openStoredRun(done.dir);
    return {
      run,
      suites: new Map([[suite.name, suite]]),
      unsaved: new Map(),
      signal: signals.caught(),
    };
  } finally {
    guard.release();
  }
}

function replays(kind: string): boolean {
  return agentKinds.some(({ key, replays: isReplay }) => key === kind && isReplay === true);
}

/** Opens a stored run and loads its suites from the project around the working folder. Throws `usage` and `store_fault`. */
export async function openJudgedRun(reference: string, out?: string): Promise<CalibratedRun> {
  const run = await openRun(reference, out);
  const root = await workingRoot();
  const suites = new Map<string, Suite>();
  const unsaved = new Map<string, string>();
  const files: string[] = [];
  for (const { file: named } of run.plan.suites) {
    const file = await plannedSuiteFile(root, named);
    if (file !== null) files.push(file);
  }
  const loaded = await loadSuites(files, suiteKinds).catch(() => null);
  for (const { suite: name, file, digest } of run.plan.suites) {
    const suite = loaded?.suites.find((one) => one.name === name);
    if (!suite) unsaved.set(name, `"${file}" cannot be loaded from "${root}"`);
    else if (suite.digest !== digest) unsaved.set(name, `"${file}" changed since the run`);
    if (suite) suites.set(name, suite);
  }
  return { run, suites, unsaved, signal: null };
}
