import type { Session } from '../live/session.ts';
import type { AgentSupport, DriveTask } from './agent.ts';
import { type AgentMessage, readAgentMessage } from './agent-messages.ts';
import { badEnd } from './ended-badly.ts';
import { hearMessage } from './hear-message.ts';
import type { Program, ProgramEnd, TakeLine } from './process/program.ts';
import { AgentBroke, type Talk } from './talk.ts';
import { toldTask } from './told-task.ts';

/** Starts a program that gives its lines to `onLine`. */
export type StartLines = (onLine: TakeLine) => Program;

/** Calls and requests that may wait for their answers before another line is read. */
const MOST_WAITING = 64;
/** Messages whose answers may take their time. */
const WAITED_FOR: ReadonlySet<string> = new Set(['tool_call', 'tool_calls', 'approval_request']);
/** Milliseconds that a program has to end once it was told that nothing more comes. */
const LEAVE_MS = 10_000;
const LINGERED = 'it lingered';

interface Turn {
  readonly done: () => void;
  readonly failed: (why: unknown) => void;
}

/** What a talk in lines needs of its surroundings. */
type LinesSupport = Pick<AgentSupport, 'costOf' | 'after'>;

/** Talks to a program in JSON lines. */
export class LinesTalk implements Talk {
  private readonly task: DriveTask;
  private readonly session: Session;
  private readonly support: LinesSupport;
  private readonly program: Program;
  private readonly ended: Promise<ProgramEnd>;
  private turn: Turn | null = null;
  private broken: unknown;
  private lines = 0;
  private heard = 0;
  /** Calls whose answers are on their way. */
  private waiting = 0;
  private makeRoom: () => void = () => undefined;

  constructor(start: StartLines, task: DriveTask, session: Session, support: LinesSupport) {
    this.task = task;
    this.session = session;
    this.support = support;
    this.program = start((line) => this.take(line));
    this.ended = this.program.exited.then((end) => {
      this.broken ??= badEnd(end) ?? undefined;
      return end;
    });
  }

  async hear(said: unknown): Promise<void> {
    const took = new Promise<void>((done, failed) => {
      this.turn = { done, failed };
    });
    took.catch(() => undefined); // whoever waits for it is told
    const isFirst = this.heard++ === 0;
    await this.send(
      isFirst
        ? { type: 'start', protocol: 1, ...toldTask(this.task, this.session, said) }
        : { type: 'user', content: said },
    );
    await Promise.race([took, this.ended.then(() => this.gone(isFirst))]);
    this.turn = null;
    this.throwBroken();
  }

  async over(): Promise<void> {
    await this.send({ type: 'end' });
    this.program.closeInput();
    const cancel = this.support.after(LEAVE_MS, () => this.program.stop(LINGERED));
    const { stopped } = await this.ended;
    cancel();
    if (stopped === LINGERED) {
      const seconds = LEAVE_MS / 1000;
      throw new AgentBroke(`The agent had to be killed: it ran on for ${seconds} s after its end`);
    }
    this.throwBroken();
  }

  watched(): boolean {
    return true;
  }

  async close(): Promise<void> {
    this.program.stop('the trial is over');
    await this.ended;
  }

  /** Takes a line; a call does not hold up those behind it, unless too many wait. */
  private async take(line: string | null): Promise<void> {
    const number = ++this.lines;
    if (line?.trim() === '') return;
    const message = messageAt(line, number, this.task, this.turn !== null);
    this.waiting++;
    const taken = this.hearMessage(message)
      .catch((why) => this.fail(why))
      .finally(() => {
        this.waiting--;
        this.makeRoom();
      });
    // An answer ends the turn: what comes behind it must find it ended
    if (!WAITED_FOR.has(message.type)) await taken;
    else if (this.waiting >= MOST_WAITING) {
      await new Promise<void>((resolve) => {
        this.makeRoom = resolve;
      });
    }
  }

  private async hearMessage(message: AgentMessage): Promise<void> {
    const replies = await hearMessage(this.session, message, this.support.costOf);
    for (const reply of replies) await this.send(reply);
    if (message.type !== 'answer' && message.type !== 'done') return;
    this.turn?.done();
    this.turn = null;
  }

  private async send(message: object): Promise<void> {
    await this.program.write(`${JSON.stringify(message)}\n`);
  }

  private fail(why: unknown): void {
    this.broken ??= why;
    this.turn?.failed(why);
  }

  /** A program that ends with code 0 has had its say; later it can hear nothing any more. */
  private gone(isFirst: boolean): void {
    this.throwBroken();
    if (!isFirst) throw new AgentBroke('The agent ended before the conversation did');
  }

  private throwBroken(): void {
    if (this.broken !== undefined) throw this.broken;
  }
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
  throw new AgentBroke(
    `The agent sent a message of type ${message.type} after it was done (${where})`,
  );
}
