import { isObject } from '../json/object.ts';
import type { GateRule } from '../model/plan.ts';
import type { Fault, Suite } from '../model/suite.ts';
import { addAll } from './add-all.ts';
import { readExpectations } from './expectations.ts';
import { gateNameFaults } from './gate-name-faults.ts';
import { loadAgents } from './load-agents.ts';
import type { JudgeSurroundings } from './load-judge.ts';
import type { LoadedJudges } from './load-judges.ts';
import { policyVerdicts } from './load-policy.ts';
import { checkSafety, loadSafety } from './load-safety.ts';
import { passProblem } from './load-task.ts';
import { loadTasks } from './load-tasks.ts';
import { checkKeyFiles, loadTools } from './load-tools.ts';
import { loadWorld } from './load-world.ts';
import {
  type Loading,
  type NamedFiles,
  type Part,
  readPart,
  type SuiteLoading,
} from './part-loading.ts';
import { projectRoot } from './project-root.ts';
import { below, isSound, type ValueAt, validate } from './schema-faults.ts';
import { faultAt } from './source.ts';
import { suiteDigest } from './suite-digest.ts';
import { type Tolerable, tolerateFaults } from './tolerate-faults.ts';
import { unbuiltFaults } from './unbuilt-faults.ts';

/** A suite, null where it cannot be used, with everything that was found on the way. */
export interface LoadedSuite {
  suite: Suite | null;
  faults: readonly Fault[];
  unbuilt: readonly Fault[];
  /** Where each tool is named first, of a suite that declares none. */
  named: ReadonlyMap<string, Fault>;
  /** Its name as written, null where that is at fault, and its place, for a fault that other suites bring about. */
  name: string | null;
  nameAt: Fault;
  /** Folder that its files lie under. */
  root: string;
  files: NamedFiles;
}

/** Loads one suite file and everything that it names. */
export async function loadSuite(file: string, shared: Loading): Promise<LoadedSuite> {
  const root = await projectRoot(file);
  const loading: SuiteLoading = {
    ...shared,
    file,
    rules: { root, allowOutside: shared.allowOutside },
    faults: [],
    unbuilt: [],
    named: new Map(),
    canaries: [],
    judges: null,
    asked: new Set(),
    askedWhole: new Set(),
    digests: new Map(),
    contents: new Map(),
    files: new Map([[file, 'read']]),
    opened: new Map(),
    resolved: new Map(),
  };
  const { source, value, trapped, readable } = await readPart(loading, file);
  const at: ValueAt = { source, path: [], trapped };
  const suite = readable ? await readSuite(loading, value, at) : null;
  const { faults, unbuilt, named, files } = loading;
  const usable = !faults.some(({ severity }) => severity === 'error');
  const nameAt = faultAt(source, ['suite'], '');
  const name = isObject(value) && typeof value['suite'] === 'string' ? value['suite'] : null;
  return { suite: usable ? suite : null, faults, unbuilt, named, name, nameAt, root, files };
}

async function readSuite(
  loading: SuiteLoading,
  value: unknown,
  whole: ValueAt,
): Promise<Suite | null> {
  const { faults, at } = validate(loading.schemas.head, value, whole);
  addAll(loading.faults, faults);
  if (!isObject(value)) return null;
  const part = (key: string) => ({ value: value[key], at: below(at, [key]) });
  addAll(loading.unbuilt, unbuiltFaults(loading.schemas, 'suite', value, at));
  addAll(
    loading.unbuilt,
    unbuiltFaults(loading.schemas, 'gate', value['gate'], below(at, ['gate'])),
  );
  await checkKeyFiles(loading, 'suite', { value, at });
  await checkKeyFiles(loading, 'gate', part('gate'));
  const declared = await loadTools(loading, part('tools'));
  const world = await loadWorld(loading, part('world'));
  const agents = await loadAgents(loading, part('agents'));
  const safety = await loadSafety(loading, part, declared, agents);
  const { parts, names, tools } = safety;
  const judges = await judgesOf(loading, part('judges'), { agents, tools });
  const expect = await readExpectations(loading, part('expect'), tools);
  const settings = settingsOf(value, at);
  const rule = passProblem(settings.pass, settings.trials);
  if (rule) loading.faults.push(faultAt(at.source, ['pass'], rule));
  const verdicts = policyVerdicts(parts.policy);
  const judged = verdicts.length > 0;
  const { limits, trials, pass } = settings;
  const defaults = { expect, tools, attacks: names, judged, verdicts, limits, trials, pass };
  const tasks = await loadTasks(loading, part('tasks'), defaults);
  checkGateNames(loading, settings, at, { ...parts, agents, tasks });
  checkSafety(loading, safety, { agents, tasks, ...(world && { world }), at: part('attacks') });
  judges?.warnOfUnasked();
  return {
    name: String(value['suite']),
    ...settings,
    file: loading.file,
    root: loading.rules.root,
    digest: suiteDigest(loading.file, loading.digests),
    contents: loading.contents,
    agents,
    tools,
    ...(world && { world }),
    expect: expect ?? {},
    ...parts,
    ...(judges && { judges: judges.judges }),
    gate: settings.gate ?? null,
    tasks,
  };
}

/** Reads the LLM judges of a suite; what that takes is loaded for those that have some. */
async function judgesOf(
  loading: SuiteLoading,
  part: Part,
  surroundings: JudgeSurroundings,
): Promise<LoadedJudges | undefined> {
  if (part.value !== undefined) {
    const { loadJudges } = await import('./load-judges.ts');
    return loadJudges(loading, part, surroundings);
  }
  loading.judges = new Map();
  return undefined;
}

/** Holds the names in a gate and of quarantined tasks against the suite, once all of it could be read. */
function checkGateNames(
  { faults, kinds }: SuiteLoading,
  { gate: stated, quarantine }: Settings,
  at: ValueAt,
  suite: Omit<Tolerable, 'judges'>,
): void {
  if (faults.some(({ severity }) => severity === 'error')) return;
  const gate = stated ?? null;
  const named = { gate, ...(quarantine && { quarantine }) };
  addAll(faults, gateNameFaults(named, at, suite));
  const place = below(at, ['gate']);
  addAll(faults, tolerateFaults(gate, place, { ...suite, judges: kinds.judges }));
}

type Settings = Partial<
  Pick<Suite, 'description' | 'limits' | 'trials' | 'pass' | 'quarantine'> & { gate: GateRule }
>;

/** The settings of a suite that are sound. */
function settingsOf(value: Record<string, unknown>, at: ValueAt): Settings {
  const keys = ['description', 'limits', 'trials', 'pass', 'gate', 'quarantine'];
  const sound = keys.filter((key) => Object.hasOwn(value, key) && isSound(below(at, [key])));
  return Object.fromEntries(sound.map((key) => [key, value[key]])); // each validated by the schema
}
