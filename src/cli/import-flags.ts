import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import { isSuiteName, recordingBeside, suiteNameOf, tasksBeside } from '../formats/suite-names.ts';

/** What `agentops import` was given beside the files. */
export interface ImportFlags {
  readonly from?: string;
  readonly agent?: string;
  readonly task?: string;
  readonly out?: string;
  readonly suite?: string;
  readonly tools?: string;
  readonly tasks?: string;
  readonly rules?: string;
  readonly optionalWrites?: string;
}

/** Flags that name files beside the source. */
export const sideFlags = {
  tools: '--tools',
  tasks: '--tasks',
  rules: '--rules',
  optionalWrites: '--optional-writes',
} as const satisfies Partial<Record<keyof ImportFlags, string>>;

/** Names of those flags. */
export const sideNames = ['tools', 'tasks', 'rules', 'optionalWrites'] as const;

/** Refuses what would end badly before anything is read or written. Throws `usage`. */
export async function checkImportFlags(
  files: readonly string[],
  flags: ImportFlags,
): Promise<void> {
  refuseNames(flags);
  refuseEmptyPaths(flags);
  refuseStraySideFiles(flags);
  const { suite, out } = flags;
  if (suite !== undefined) refuseSuite(suite, out);
  const targets = await targetsOf(suite, out);
  const twice = targets.find(({ real, isPlain }, index) =>
    targets.some((other, at) => isPlain && at > index && other.real === real),
  );
  if (twice) {
    const message = `Cannot write the suite and its recording to one file, "${twice.file}": expected two`;
    throw new AgentopsError('usage', message);
  }
  const sides = sideNames.flatMap((name) => flags[name] ?? []);
  await refuseReadTargets([...files, ...sides], targets);
}

/** Refuses to write what is read. Throws `usage`. */
export async function refuseOverwriting(
  read: readonly string[],
  written: readonly string[],
): Promise<void> {
  for (const file of [...read, ...written]) {
    if (file === '') throw new AgentopsError('usage', 'Cannot use "": expected the path of a file');
  }
  await refuseReadTargets(read, await Promise.all(written.map(targetAt)));
}

async function refuseReadTargets(
  read: readonly string[],
  targets: readonly Awaited<ReturnType<typeof targetAt>>[],
): Promise<void> {
  for (const file of read) {
    const real = await realFile(file);
    const target = targets.find((one) => one.real === real);
    if (target === undefined || !target.isPlain) continue;
    const message = `Cannot write "${target.file}": it is read by this import, expected another file`;
    throw new AgentopsError('usage', message);
  }
}

function refuseNames(flags: ImportFlags): void {
  for (const name of ['agent', 'task'] as const) {
    const value = flags[name];
    if (value === undefined || isSuiteName(value)) continue;
    const wanted = 'expected a name without control characters';
    throw new AgentopsError('usage', `Cannot use --${name} ${JSON.stringify(value)}: ${wanted}`);
  }
}

function refuseEmptyPaths(flags: ImportFlags): void {
  const paths = { suite: '--suite', out: '--out', ...sideFlags };
  for (const name of ['suite', 'out', ...sideNames] as const) {
    if (flags[name] !== '') continue;
    throw new AgentopsError('usage', `Cannot use ${paths[name]} "": expected the path of a file`);
  }
}

function refuseStraySideFiles(flags: ImportFlags): void {
  if (flags.suite !== undefined) return;
  const stray = sideNames.find((name) => flags[name] !== undefined);
  if (stray === undefined) return;
  throw new AgentopsError(
    'usage',
    `Cannot use ${sideFlags[stray]} alone: it is for the suite that --suite FILE writes`,
  );
}

function refuseSuite(suite: string, out: string | undefined): void {
  if (suite === '-' || out === '-') {
    const flag = suite === '-' ? '--suite' : '--out';
    const message = `Cannot use ${flag} - for a suite: expected the path of a file, as suite and recording name each other`;
    throw new AgentopsError('usage', message);
  }
  if (isSuiteName(suiteNameOf(suite))) return;
  const message = `Cannot name a suite after ${JSON.stringify(path.basename(suite))}: expected a file such as shop.suite.yaml`;
  throw new AgentopsError('usage', message);
}

/** The files that are to be written, with what they are on the disk. */
async function targetsOf(suite: string | undefined, out: string | undefined) {
  const recording = out ?? (suite === undefined ? undefined : recordingBeside(suite));
  // Very many tasks go into a file of their own
  const tasks = suite === undefined ? [] : tasksBeside(suite);
  const files = [suite ?? [], recording === '-' ? [] : (recording ?? []), tasks].flat();
  return Promise.all(files.map(targetAt));
}

async function targetAt(file: string) {
  const known = await stat(file).catch(() => undefined);
  if (known?.isDirectory() || file.endsWith('/') || file.endsWith(path.sep)) {
    throw new AgentopsError('usage', `Cannot write "${file}": it is a folder, expected a file`);
  }
  return { file, real: await realFile(file), isPlain: known === undefined || known.isFile() };
}

/** A path without symbolic links, as far as it is there. */
async function realFile(file: string): Promise<string> {
  const absolute = path.resolve(file);
  const real = await realpath(absolute).catch(() => null);
  const parent = path.dirname(absolute);
  if (real !== null || parent === absolute) return real ?? absolute;
  return path.join(await realFile(parent), path.basename(absolute));
}
