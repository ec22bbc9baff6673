import type { Command } from 'commander';
import { AgentopsError } from '../errors.ts';
import type { Suite } from '../model/suite.ts';
import { remoteTools } from '../serve/mcp-remote.ts';
import { serveMcpStreams } from '../serve/mcp-stdio.ts';
import { type McpTools, sessionTools } from '../serve/mcp-tools.ts';
import type { ExitCode } from './exit-code.ts';
import { loadForEval } from './load-for-eval.ts';
import { warningText } from './messages.ts';
import { startTools } from './start-tools.ts';
import { type Stream, streamsOf } from './streams.ts';

/** What `agentops mcp` was given beside the suite. */
export interface McpFlags {
  readonly task?: string;
}

/** Serves tools until the client ends standard input, which is for the protocol alone, as is standard output. Throws `usage` where there are none. */
export async function runMcp(
  suite: string | undefined,
  flags: McpFlags,
  command: Command,
): Promise<ExitCode> {
  const { stderr } = streamsOf(command);
  const tools = suite === undefined ? trialTools(flags) : await suiteTools(suite, flags, stderr);
  if (tools === null) return 2;
  const warn = async (words: string) => stderr.output.write(await warningText(words, stderr.look));
  await serveMcpStreams(tools, {
    input: process.stdin,
    output: process.stdout,
    onFault: (words) => void warn(words), // standard error takes it or loses it
  });
  return 0;
}

/** The tools of the trial that this process is part of. */
function trialTools({ task }: McpFlags): McpTools {
  if (task !== undefined) {
    throw new AgentopsError('usage', 'Cannot use --task: no suite is given, expected one');
  }
  const url = process.env['AGENTOPS_EVAL_MCP_URL'];
  if (url) return remoteTools(url);
  const wanted = 'expected a suite, or a trial to have started this with AGENTOPS_EVAL_MCP_URL';
  throw new AgentopsError('usage', `Cannot serve tools: nothing says which, ${wanted}`);
}

/** The tools of a suite with a world of their own; null where the suite has faults, which are told. */
async function suiteTools(
  file: string,
  { task }: McpFlags,
  stderr: Stream,
): Promise<McpTools | null> {
  const suites = await loadForEval([file], stderr);
  if (suites === null) return null;
  const [suite, ...others] = suites;
  if (suite === undefined || others.length > 0) {
    const message = `Cannot serve "${file}": it names ${suites.length} suites, expected one`;
    throw new AgentopsError('usage', message);
  }
  const started = await startTools(suite, taskOf(suite, task));
  const { signal } = new AbortController();
  const callTool = ({ tool, args }: { tool: string; args: unknown }) =>
    started.call({ tool, args, signal });
  return sessionTools({ tools: suite.tools ?? null, callTool });
}

function taskOf(suite: Suite, id: string | undefined): Suite['tasks'][number] | undefined {
  const found = suite.tasks.find((task) => task.id === id);
  if (id === undefined || found) return found;
  const known = suite.tasks.slice(0, 20).map((task) => `"${task.id}"`);
  const message = `Cannot serve task "${id}": the suite has ${known.join(', ')}`;
  throw new AgentopsError('usage', message);
}
