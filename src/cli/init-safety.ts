import path from 'node:path';
import type { Command } from 'commander';
import { AgentopsError } from '../errors.ts';
import { readToolList } from '../formats/tool-list/read-tool-list.ts';
import { askMcpServer } from './ask-mcp-server.ts';
import { type CiSystem, ciFiles } from './ci-files.ts';
import type { ExitCode } from './exit-code.ts';
import { initFiles } from './init-files.ts';
import { addToProject } from './init-project.ts';
import { faultsText, noteText, warningText } from './messages.ts';
import { type ReadTools, readToolsFile } from './read-tools-file.ts';
import { safetyFiles } from './safety-files.ts';
import { sampleTools } from './sample-tools.ts';
import { schemaText } from './schema-text.ts';
import { streamsOf } from './streams.ts';

/** Where the tools of a suite about safety are told; at most one of these. */
export interface SafetyFlags {
  readonly tools?: string;
  readonly mcp?: string;
}

/** The file of a project that suites share. */
const SHARED = 'suites/suite.schema.json';
const SHOWN_NOTES = 20;

/** Writes a suite about safety for the tools that the flags tell; returns 2 where their file has faults, which are told. Throws `usage`, `input_fault`. */
export async function initSafety(
  flags: SafetyFlags,
  ci: CiSystem,
  command: Command,
): Promise<ExitCode> {
  const { stdout, stderr } = streamsOf(command);
  const list = await toolsOf(flags);
  if ('broken' in list) {
    const nameOf = (named: string) => path.relative(process.cwd(), named) || named;
    await stderr.output.write(await faultsText(list.broken, stderr.look, nameOf));
    return 2;
  }
  const { files, notes } = safetyFiles(list.tools);
  const schema = `${JSON.stringify(JSON.parse(await schemaText('suite')))}\n`;
  const shared = initFiles(schema).filter((file) => file.path === SHARED);
  const written = await addToProject(process.cwd(), files, [
    ...shared,
    ...ciFiles(ci, __AGENTOPS_VERSION__),
  ]);
  const told = [...list.notes, ...notes];
  for (const words of told.slice(0, SHOWN_NOTES)) {
    await stderr.output.write(await warningText(words, stderr.look));
  }
  if (told.length > SHOWN_NOTES) {
    const words = `${told.length - SHOWN_NOTES} more things are not as in the list`;
    await stderr.output.write(await warningText(words, stderr.look));
  }
  const lines = written.map((file) => `  ${file}`).join('\n');
  const next = 'Next: agentops eval suites/safety.suite.yaml, then check the guesses in its tools';
  await stdout.output.write(await noteText(`Wrote\n${lines}\n\n${next}`, stdout.look));
  return 0;
}

async function toolsOf(flags: SafetyFlags): Promise<ReadTools> {
  const { tools, mcp } = flags;
  const given = [tools, mcp].filter((one) => one !== undefined);
  if (given.length > 1) {
    throw new AgentopsError(
      'usage',
      'Cannot use both --tools and --mcp: expected one list of tools',
    );
  }
  if (given.includes(''))
    throw new AgentopsError('usage', 'Cannot use "": expected a list of tools');
  if (mcp !== undefined) return usable(readToolList({ tools: await askMcpServer(mcp) }), mcp);
  return tools === undefined ? readToolList(sampleTools) : readToolsFile(tools);
}

function usable(list: ReturnType<typeof readToolList>, server: string): ReadTools {
  const [fault] = list.faults;
  if (fault === undefined && list.tools.length > 0) return list;
  const why = fault?.message ?? 'it has no tools, expected at least one';
  throw new AgentopsError('input_fault', `Cannot use the tools of "${server}": ${why}`);
}
