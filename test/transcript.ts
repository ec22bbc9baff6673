import { normalise } from './normalise.ts';
import { type Ended, runAgentops } from './run-agentops.ts';
import { copyOfProject, emptyFolder, remove } from './temporary-project.ts';

const PROMPT = '$ agentops ';
/** Told by runs that take ten seconds, as on a busy machine. */
const PROGRESS = /^\d+\/\d+ trials, .*\n/gm;
const EMPTY = '# In an empty folder';

/** Runs the commands of a transcript one after the other, in a fresh folder, and writes it again as it happened. */
export async function replayTranscript(text: string): Promise<string> {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.startsWith(PROMPT));
  const head = lines.slice(0, Math.max(0, first));
  const commands = lines.filter((line) => line.startsWith(PROMPT));
  const folder = head.some((line) => line.startsWith(EMPTY)) ? emptyFolder() : copyOfProject();
  try {
    const parts: string[] = [];
    for (const line of commands) {
      const ended = await runAgentops(argumentsOf(line.slice(PROMPT.length)), folder);
      parts.push(normalise(partOf(line, ended), folder));
    }
    return [...head, parts.join('\n')].join('\n');
  } finally {
    remove(folder);
  }
}

function argumentsOf(line: string): string[] {
  return (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/, '$1'));
}

function partOf(line: string, { stdout, stderr: told, code }: Ended): string {
  const stderr = told.replace(PROGRESS, '');
  const errors = stderr === '' ? '' : `${stdout === '' ? '' : '--- stderr\n'}${whole(stderr)}`;
  return `${line}\n${whole(stdout)}${errors}Exit code: ${code}\n`;
}

/** The text with an end of its last line. */
function whole(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
