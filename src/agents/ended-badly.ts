import { AgentopsError } from '../errors.ts';
import type { ProgramEnd } from './process/program.ts';
import { AgentBroke } from './talk.ts';

const OVERFLOWS = {
  line: 'wrote a line to standard output that is too long',
  output: 'wrote too much to standard output',
  input: 'did not read what it was sent',
} as const;

/** What is wrong with the end of an agent's program, null where it ended by itself with code 0. `AgentopsError` where it is not the agent's fault. */
export function badEnd(end: ProgramEnd): Error | null {
  if (end.startError) {
    return new AgentopsError('agent_fault', end.startError.message);
  }
  if (end.thrown) {
    const { error } = end.thrown;
    return error instanceof Error ? error : new Error(String(error));
  }
  const tail = tailOf(end);
  if (end.overflow) return new AgentBroke(`The agent ${OVERFLOWS[end.overflow]}${tail}`);
  if (end.lost) return new AgentBroke(`The agent could not be killed${tail}`);
  if (end.signal) return new AgentBroke(`The agent was ended by ${end.signal}${tail}`);
  if (end.code !== 0) return new AgentBroke(`The agent exited with ${end.code}${tail}`);
  return null;
}

const SHOWN = 600;

/** The end of what it wrote to stderr, for the person who looks for the reason. */
function tailOf({ stderrTail }: ProgramEnd): string {
  const text = stderrTail.trim();
  if (text === '') return '';
  return `; stderr: ${text.length > SHOWN ? `…${text.slice(-SHOWN)}` : text}`;
}
