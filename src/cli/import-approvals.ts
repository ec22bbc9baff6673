import path from 'node:path';
import { AgentopsError } from '../errors.ts';
import {
  APPROVALS,
  type ApprovalPolicy,
  approvalPolicy,
} from '../formats/inspect-approval/approval-policy.ts';
import { readApprovers } from '../formats/inspect-approval/read-approvers.ts';
import { suiteYaml } from '../formats/suite-yaml.ts';
import { atomicWriteAll, type FileToWrite } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import type { Fault } from '../model/suite.ts';
import { counted } from '../report/figures.ts';
import { safeYaml } from '../report/json-text.ts';
import { loadDocument } from '../suite/load-document.ts';
import { faultAt } from '../suite/source.ts';
import type { ExitCode } from './exit-code.ts';
import { type ImportFlags, refuseOverwriting } from './import-flags.ts';
import { faultsText, noteText, warningText } from './messages.ts';
import { readToolsFile } from './read-tools-file.ts';
import type { Stream } from './streams.ts';

/** Flags of import that say nothing about a policy. */
const STRAY = ['agent', 'task', 'suite', 'tasks', 'rules', 'optionalWrites'] as const;
const SHOWN_LOSSES = 20;

/** Imports an approval file of Inspect as a policy with its approvals; returns 2 where it has faults, which are told. Throws `usage`. */
export async function importApprovals(
  files: readonly string[],
  flags: ImportFlags,
  { stdout, stderr }: { readonly stdout: Stream; readonly stderr: Stream },
): Promise<ExitCode> {
  const file = await fileOf(files, flags);
  const read = await readApprovalFile(file, flags.tools);
  if ('broken' in read) {
    const nameOf = (named: string) => path.relative(process.cwd(), named) || named;
    await stderr.output.write(await faultsText(read.broken, stderr.look, nameOf));
    return 2;
  }
  const wrote = await write(read, path.basename(file), flags.out, stdout);
  const note = `Imported ${counted(read.approvers, 'approver')} (${APPROVALS})${wrote}`;
  await stderr.output.write(await noteText(note, stderr.look));
  const told = [...read.notes, ...[...read.losses.values()].flat()];
  for (const words of told.slice(0, SHOWN_LOSSES)) {
    await stderr.output.write(await warningText(words, stderr.look));
  }
  if (told.length > 0) {
    const more = told.length > SHOWN_LOSSES ? `, ${SHOWN_LOSSES} of them told` : '';
    const words = `Not the same as in Inspect: ${counted(told.length, 'thing')}${more}`;
    await stderr.output.write(await warningText(words, stderr.look));
  }
  return 0;
}

async function fileOf(files: readonly string[], flags: ImportFlags): Promise<string> {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) {
    const words = `Cannot import ${files.length} files as one policy, expected one`;
    throw new AgentopsError('usage', words);
  }
  const stray = STRAY.find((name) => flags[name] !== undefined);
  if (stray !== undefined) {
    const flag = stray === 'optionalWrites' ? 'optional-writes' : stray;
    throw new AgentopsError('usage', `Cannot use --${flag} with a policy: it has no trajectories`);
  }
  const written = flags.out === undefined || flags.out === '-' ? [] : targetsOf(flags.out);
  await refuseOverwriting([file, flags.tools ?? []].flat(), written);
  return file;
}

interface ReadApproval extends ApprovalPolicy {
  readonly approvers: number;
  readonly notes: readonly string[];
}

async function readApprovalFile(
  file: string,
  toolsFile: string | undefined,
): Promise<ReadApproval | { readonly broken: readonly Fault[] }> {
  const { source, value, faults, readable } = await loadDocument(path.resolve(file));
  const broken = faults.filter(({ severity }) => severity === 'error');
  if (!readable || broken.length > 0) return { broken };
  const read = readApprovers(value);
  if (read.faults.length > 0) {
    return { broken: read.faults.map(({ path: at, message }) => faultAt(source, at, message)) };
  }
  const tools = toolsFile === undefined ? null : await readToolsFile(toolsFile);
  if (tools !== null && 'broken' in tools) return tools;
  const names = tools?.tools.map(({ name }) => name) ?? null;
  const { approvers, notes } = read;
  return { ...approvalPolicy(approvers, names), approvers: approvers.length, notes };
}

/** The files that a policy and its approvals go into. */
function targetsOf(out: string): [policy: string, approvals: string] {
  const { dir, name } = path.parse(out);
  return [out, path.join(dir, `${name}.approvals.yaml`)];
}

/** Writes a part of a suite to standard output, or a file each for the two keys of a suite. */
async function write(
  { policy, approvals, losses }: ApprovalPolicy,
  from: string,
  out: string | undefined,
  stdout: Stream,
): Promise<string> {
  const lost = [...losses].map(([kind, words]) => `${kind}: ${words.length}`).join(', ');
  const head = [
    `From the approvals of Inspect in ${JSON.stringify(from)}: exact names and parsed arguments`,
    ...(lost === '' ? [] : [`Not the same: ${lost}`]),
  ];
  if (out === undefined || out === '-') {
    await stdout.output.write(safeYaml(suiteYaml({ policy, approvals }, { head })));
    return '';
  }
  const [policyFile, approvalsFile] = targetsOf(out);
  await makeFolder(path.dirname(path.resolve(out)));
  async function* files(): AsyncGenerator<FileToWrite> {
    yield { file: policyFile, content: safeYaml(suiteYaml(policy, { head })) };
    if (approvals.length > 0) {
      yield { file: approvalsFile, content: safeYaml(suiteYaml(approvals, { head })) };
    }
  }
  await atomicWriteAll(files());
  if (approvals.length === 0)
    return `\nWrote ${policyFile}\n\nIn a suite: policy: ./${path.basename(out)}`;
  const keys = `policy: ./${path.basename(out)} and approvals: ./${path.basename(approvalsFile)}`;
  return `\nWrote ${policyFile} and ${approvalsFile}\n\nIn a suite: ${keys}`;
}
