import path from 'node:path';
import type { Command } from 'commander';
import { AgentopsError } from '../errors.ts';
import { didYouMean } from '../match/nearest-name.ts';
import type { BaselineFacts } from '../model/baseline.ts';
import { baselineJson } from '../report/baseline-json.ts';
import { counted } from '../report/figures.ts';
import type { ReportedRun } from '../report/reporter.ts';
import { summaryOf } from '../report/run-summary.ts';
import { baselineName, baselineSlug } from '../store/baseline-name.ts';
import { baselineFile, listBaselines, readBaseline, writeBaseline } from '../store/baselines.ts';
import { doubtsAbout, objectionsTo, type Replaced, refused } from './baseline-objections.ts';
import { readGitState } from './git.ts';
import { noteText, warningText } from './messages.ts';
import { openRun } from './open-run.ts';
import { streamsOf } from './streams.ts';
import { suiteOfRun } from './suite-of-run.ts';
import { workingRoot } from './working-root.ts';

/** What `agentops baseline set` was given. */
export interface SetOptions {
  readonly name?: string;
  readonly suite?: string;
  readonly force?: true;
  readonly out?: string;
}

/** Keeps a stored run as a baseline of the project. Throws `usage` where that needs to be forced. */
export async function setBaseline(
  reference: string,
  { name, suite, force, out }: SetOptions,
  command: Command,
): Promise<void> {
  const { stderr } = streamsOf(command);
  const given = name === undefined ? null : baselineName(name);
  const root = await workingRoot();
  const stored = await openRun(reference, out);
  const run = suite === undefined ? stored : await onlySuite(stored, suite);
  const own = given ?? (await nameFor(suite));
  const summary = await summaryOf(run);
  const isFinished = stored.summary !== null;
  const candidate = { dir: stored.dir, suite: suite ?? null, summary, isFinished };
  const objections = await objectionsTo(candidate, await replacedBy(root, own));
  if (objections.length > 0 && force !== true) throw refused(own, run.id, objections);
  const warnings = [...doubtsAbout(summary), ...objections.map((words) => `Forced: ${words}`)];
  for (const warning of [...stored.warnings, ...warnings]) {
    await stderr.output.write(await warningText(warning, stderr.look));
  }
  const facts = factsOf(run, own, warnings);
  const file = await writeBaseline(root, own, baselineJson({ ...run, summary }, facts));
  const rows = counted(summary.rows.length, 'task');
  const words = `Kept run ${run.id} (${rows}) as the baseline "${own}": commit ${path.relative(process.cwd(), file)}`;
  await stderr.output.write(await noteText(words, stderr.look));
}

async function onlySuite(run: ReportedRun, suite: string): Promise<ReportedRun> {
  const known = run.plan.suites.map((one) => one.suite);
  if (known.includes(suite)) return suiteOfRun(run, suite);
  const words = `Cannot keep the suite "${suite}" of run ${run.id}: it has none of that name`;
  throw new AgentopsError('usage', `${words}, ${didYouMean(suite, known)}`);
}

/** The suite's, else that of the branch of the work tree. */
async function nameFor(suite: string | undefined): Promise<string> {
  if (suite !== undefined) return baselineSlug(suite);
  const { branch } = await readGitState(process.cwd());
  return baselineSlug(branch ?? 'main');
}

async function replacedBy(root: string, name: string): Promise<Replaced | null> {
  if (!(await listBaselines(root)).includes(name)) return null;
  const baseline = await readBaseline(root, name).catch((thrown: unknown) => {
    if (thrown instanceof AgentopsError && thrown.code === 'store_fault') return null;
    throw thrown;
  });
  return { file: baselineFile(root, name), facts: baseline?.baseline ?? null };
}

function factsOf({ id, plan }: ReportedRun, name: string, warnings: string[]): BaselineFacts {
  const { commit, branch, dirty } = plan.git;
  return {
    name,
    set_at: new Date().toISOString(),
    run: id,
    commit,
    branch,
    dirty,
    suites: plan.suites.map(({ suite }) => suite),
    agentops_version: plan.agentops_version,
    warnings,
  };
}
