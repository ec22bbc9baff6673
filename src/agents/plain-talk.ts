import { AgentopsError } from '../errors.ts';
import type { Session } from '../live/session.ts';
import { badEnd } from './ended-badly.ts';
import { lastSaid } from './last-said.ts';
import type { Program } from './process/program.ts';
import { AgentBroke, type Talk } from './talk.ts';

/** Starts a program with the prompt as its last argument, or none. */
export type StartPlain = (argument: string | null) => Program;

/** Runs a program that speaks no protocol: it is given the prompt, and what it prints is its answer. */
export function plainTalk(start: StartPlain, prompt: 'stdin' | 'argument', session: Session): Talk {
  let program: Program | null = null;
  return {
    hear: async (said) => {
      if (program) {
        const wanted = 'expected protocol: lines, or an agent of another kind';
        const words =
          'Cannot go on with the conversation: a program without protocol hears one thing';
        throw new AgentopsError('agent_fault', `${words}, ${wanted}`);
      }
      const text = typeof said === 'string' ? said : JSON.stringify(said);
      program = start(prompt === 'argument' ? text : null);
      if (prompt === 'stdin') await program.write(text);
      program.closeInput();
      const end = await program.exited;
      const bad = badEnd(end);
      if (bad) throw bad;
      if (end.invalidUtf8) throw new AgentBroke('The agent printed what is not UTF-8');
      const answer = end.stdout.trim();
      if (answer === '' || answer === lastSaid(session.steps)?.trim()) return;
      session.record({ type: 'message', role: 'assistant', content: answer });
    },
    over: async () => undefined,
    watched: () => session.touched(),
    close: async () => {
      program?.stop('the trial is over');
      await program?.exited;
    },
  };
}
