import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { ComparedSide } from '../diff/compared-side.ts';
import { openReportSide } from '../diff/report-side.ts';
import { openStoredSide } from '../diff/stored-side.ts';
import { AgentopsError } from '../errors.ts';
import { nearestName } from '../match/nearest-name.ts';
import { baselineFile, listBaselines } from '../store/baselines.ts';
import { runOfCommit } from '../store/run-of-commit.ts';
import { findRun, folderOfRuns, listRunIds } from '../store/runs-list.ts';
import { findBaseline } from './find-baseline.ts';
import { readCommit, readGitState } from './git.ts';
import { runsFolder } from './runs-folder.ts';
import { workingRoot } from './working-root.ts';

/** Where runs are looked for. */
export interface SideOptions {
  /** Folder that keeps the runs, instead of that of the project. */
  readonly out?: string;
}

/** Opens what a reference means for a comparison: a run (`latest`, an id or its beginning, a folder), a JSON report, `baseline` or `baseline:NAME`, or a commit of git whose run is stored; each with `#AGENT`. Throws `usage` and `store_fault`. */
export async function openSide(
  reference: string,
  { out }: SideOptions = {},
): Promise<ComparedSide> {
  const { name, agent } = await withoutAgent(reference);
  const base = await runsFolder(out);
  const only = agent === null ? {} : { agent };
  const [, baseline = null] = /^baseline(?::(.*))?$/s.exec(name) ?? [];
  if (name === 'baseline' || baseline !== null) {
    return openReport(await pathOfBaseline(baseline), base, only);
  }
  const run = await findRun(name, base);
  if (run !== null) {
    const isSure = run.by === 'latest' || run.by === 'id';
    const warnings = isSure ? [] : await ambiguityOf(name, path.basename(run.dir));
    return warned(await openStoredSide(run.dir, only), warnings);
  }
  if (name.endsWith('.json') || (await isFile(name))) {
    return openReport(path.resolve(name), base, only);
  }
  const commit = await readCommit(process.cwd(), name);
  if (commit === null) throw await unknown(name, base);
  const found = await runOfCommit(base, commit);
  if (found === null) throw await withoutRun(name, commit, base);
  const changed = `Run ${found.id} of "${name}" was of a work tree with changes that are in no commit`;
  return warned(await openStoredSide(found.dir, only), found.dirty ? [changed] : []);
}

/** A name of an agent may hold anything; so may a path, and a file that is there is meant as it stands. */
async function withoutAgent(reference: string): Promise<{ name: string; agent: string | null }> {
  const at = reference.lastIndexOf('#');
  if (at === -1 || (await isThere(reference))) return { name: reference, agent: null };
  const [name, agent] = [reference.slice(0, at), reference.slice(at + 1)];
  if (agent !== '' && name !== '') return { name, agent };
  const wanted = 'expected a run and the name of an agent, such as latest#planner';
  throw new AgentopsError('usage', `Cannot compare "${reference}": ${wanted}`);
}

/** Opens a report or a baseline; trajectories come from the run that it was made of, where that is stored. */
async function openReport(
  file: string,
  base: string,
  only: { readonly agent?: string },
): Promise<ComparedSide> {
  const runs = await folderOfRuns(base);
  const ids = new Set(await listRunIds(base));
  const storedRun = (id: string) => (ids.has(id) ? path.join(runs, id) : null);
  return openReportSide(file, { ...only, storedRun });
}

async function pathOfBaseline(name: string | null): Promise<string> {
  const root = await workingRoot();
  const { branch } = await readGitState(process.cwd());
  return baselineFile(root, await findBaseline(name, { root, branch, environment: process.env }));
}

async function ambiguityOf(name: string, run: string): Promise<string[]> {
  const commit = await readCommit(process.cwd(), name);
  if (commit === null) return [];
  const other = `git knows it too, as commit ${commit.slice(0, 8)}`;
  return [`"${name}" was taken for run ${run}; ${other}: write that to compare its run`];
}

function warned(side: ComparedSide, warnings: readonly string[]): ComparedSide {
  return warnings.length === 0 ? side : { ...side, warnings: [...warnings, ...side.warnings] };
}

async function isThere(name: string): Promise<boolean> {
  return (await stat(name).catch(() => null)) !== null; // what cannot be looked at is not there for us
}

async function isFile(name: string): Promise<boolean> {
  return (await stat(name).catch(() => null))?.isFile() === true;
}

async function unknown(name: string, base: string): Promise<AgentopsError> {
  const ids = (await listRunIds(base)).reverse();
  const baselines = await listBaselines(await workingRoot());
  const words = ['latest', 'baseline', ...baselines.map((one) => `baseline:${one}`)];
  const near = name === '' ? null : nearestName(name, [...ids, ...words]);
  const hint = near === null ? whatThereIs(ids, baselines) : `did you mean "${near}"?`;
  const state = 'it is no stored run, no file and no commit of this repository';
  return new AgentopsError('usage', `Cannot find "${name}": ${state}; ${hint}`);
}

function whatThereIs(ids: readonly string[], baselines: readonly string[]): string {
  const runs = ids.length === 0 ? 'no run is stored' : `the latest run is ${ids[0]}`;
  const kept =
    baselines.length === 0 ? 'no baseline is kept' : `baselines: ${baselines.join(', ')}`;
  return `${runs}, ${kept}`;
}

async function withoutRun(name: string, commit: string, base: string): Promise<AgentopsError> {
  const ids = await listRunIds(base);
  const state =
    ids.length === 0
      ? 'no run is stored'
      : `none of the ${ids.length} stored runs that ended is of that commit, the latest is ${ids.at(-1)}`;
  const what = `a run of "${name}" (commit ${commit.slice(0, 8)})`;
  return new AgentopsError('usage', `Cannot find ${what}: ${state}`);
}
