import type { Session } from '../live/session.ts';
import type { AgentSupport, DriveTask } from './agent.ts';
import { type AgentMessage, readAgentMessage } from './agent-messages.ts';
import { badEnd } from './ended-badly.ts';
import { hearMessage } from './hear-message.ts';
import type { Program, TakeLine } from './process/program.ts';
import { AgentBroke, type Talk } from './talk.ts';
import { toldMessages, toldTools } from './told-task.ts';

/** Starts a program that gives its lines to `onLine`. */
export type StartLines = (onLine: TakeLine) => Program;

/** Calls that may wait for their answers before another line is read. */
const MOST_WAITING = 64;
/** Milliseconds that a program has to end once it was told that nothing more comes. */
const LEAVE_MS = 5000;

interface Turn {
  readonly done: () => void;
  readonly failed: (why: unknown) => void;
}

/** Talks to a program in JSON lines. */
export function linesTalk(
  start: StartLines,
  task: DriveTask,
  session: Session,
  { costOf, after }: Pick<AgentSupport, 'costOf' | 'after'>,
): Talk {
  let turn: Turn | null = null;
  let broken: unknown;
  let [numbers, waiting, heard] = [0, 0, 0];
  let room = () => undefined as void;
  const fail = (why: unknown) => {
    broken ??= why;
    turn?.failed(why);
  };
  const send = (message: object) => program.write(`${JSON.stringify(message)}\n`);
  const take = async (message: AgentMessage) => {
    const reply = await hearMessage(session, message, costOf);
    if (reply) await send(reply);
    if (message.type === 'answer' || message.type === 'done') turn?.done();
  };
  const onLine: TakeLine = async (line) => {
    const number = ++numbers;
    if (line?.trim() === '') return;
    const message = messageAt(line, number, task, turn !== null);
    waiting++;
    const taken = take(message)
      .catch(fail)
      .finally(() => {
        waiting--;
        room();
      });
    // An answer ends the turn: what comes behind it must find it ended
    if (message.type !== 'tool_call') await taken;
    else if (waiting >= MOST_WAITING) {
      await new Promise<void>((resolve) => {
        room = resolve;
      });
    }
  };
  const program = start(onLine);
  const ended = program.exited.then((end) => {
    broken ??= badEnd(end) ?? undefined;
    return end;
  });
  const throwBroken = () => {
    if (broken !== undefined) throw broken;
  };
  return {
    hear: async (said) => {
      const took = new Promise<void>((done, failed) => {
        turn = { done, failed };
      });
      took.catch(() => undefined); // whoever waits for it is told
      const first = heard++ === 0;
      await send(first ? startMessage(task, session, said) : { type: 'user', content: said });
      await Promise.race([took, ended.then(() => gone(first, broken))]);
      turn = null;
      throwBroken();
    },
    over: async () => {
      await send({ type: 'end' });
      program.closeInput();
      const cancel = after(LEAVE_MS, () => program.stop('it lingered'));
      const end = await ended;
      cancel();
      if (end.stopped !== 'it lingered') throwBroken();
    },
    watched: () => true,
    close: async () => {
      program.stop('the trial is over');
      await ended;
    },
  };
}

/** A program that ends with code 0 has had its say; later it can hear nothing any more. */
function gone(first: boolean, broken: unknown): void {
  if (broken !== undefined) throw broken;
  if (!first) throw new AgentBroke('The agent ended before the conversation did');
}

function messageAt(
  line: string | null,
  number: number,
  task: DriveTask,
  inTurn: boolean,
): AgentMessage {
  const where = `line ${number} of standard output`;
  if (line === null) throw new AgentBroke(`Cannot read ${where}: it is not UTF-8`);
  const message = readAgentMessage(line, task.id, where);
  if (inTurn) return message;
  throw new AgentBroke(`The agent sent a message of type ${message.type} after it was done (${where})`);
}

function startMessage(task: DriveTask, session: Session, input: unknown): object {
  return {
    type: 'start',
    protocol: 1,
    trial: task.id,
    suite: task.suite,
    task: task.task,
    agent: task.agent,
    input,
    messages: toldMessages(session.steps),
    tools: toldTools(session.tools),
  };
}
