import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { platform } from 'node:os';
import type { Readable } from 'node:stream';
import { after } from '../../io/after.ts';
import { onAbort } from '../../io/on-abort.ts';
import { addLiveProgram, type LiveProgram } from './live-programs.ts';
import { killMarked } from './marked-processes.ts';
import type { Program, ProgramEnd, ProgramLimits, ProgramOptions } from './program.ts';
import { type ProgramInput, programInput } from './program-input.ts';
import { OutputReader } from './read-output.ts';
import { signalGroup } from './send-signal.ts';
import { keepStderrTail, type StderrTail } from './stderr-tail.ts';

/** After SIGKILL, in milliseconds: a process that lives on then waits for a device and cannot be killed. */
const LOST_MS = 5000;
/** Parts that the time for the drain is counted in. */
const TICKS = 10;

type Exit = Pick<ProgramEnd, 'code' | 'signal' | 'lost'>;

/** A program from its start to the death of the last process that it started. */
export class RunningProgram implements Program {
  readonly exited: Promise<ProgramEnd>;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly limits: ProgramLimits;
  private readonly live: LiveProgram;
  private readonly input: ProgramInput;
  private readonly output: OutputReader;
  private readonly stderr: StderrTail;
  private stopped: string | null = null;
  private overflow: ProgramEnd['overflow'] = null;
  private thrown: ProgramEnd['thrown'] = null;
  private running = true;
  private ended = false;
  private callOffKill = () => {};
  private giveUp = () => {};

  constructor(
    child: ChildProcessWithoutNullStreams,
    pid: number,
    { marker, onLine, signal }: ProgramOptions,
    limits: ProgramLimits,
  ) {
    this.child = child;
    this.limits = limits;
    this.live = { pid, marker, groupMayLive: true, killed: false };
    const exit = this.exit();
    const onOverflow = (cap: ProgramEnd['overflow']) => this.stopFor(cap);
    this.input = programInput(child.stdin, limits.inputBytes, () => onOverflow('input'));
    this.stderr = keepStderrTail(child.stderr, limits.stderrBytes);
    this.output = new OutputReader(child.stdout, {
      limits,
      onLine,
      onOverflow,
      onThrown: (error) => this.stopForThrown(error),
    });
    const ignoreAbort = onAbort(signal, () => this.stop('aborted'));
    const forget = addLiveProgram(this.live);
    this.exited = this.end(exit).finally(() => {
      forget();
      ignoreAbort();
    });
  }

  write(text: string): Promise<boolean> {
    return this.input.write(text);
  }

  closeInput(): void {
    this.input.close();
  }

  stop(reason: string): void {
    if (this.stopped !== null || this.ended) return;
    this.stopped = reason;
    this.output.abandon();
    if (!this.running) return;
    const { pid } = this.live;
    signalGroup(pid, 'SIGTERM');
    this.callOffKill = after(this.limits.graceMs, () => {
      signalGroup(pid, 'SIGKILL');
      this.callOffKill = after(LOST_MS, () => this.giveUp());
    });
  }

  private stopFor(cap: ProgramEnd['overflow']): void {
    if (this.stopped === null && !this.ended) this.overflow = cap;
    this.stop('overflow');
  }

  private stopForThrown(error: unknown): void {
    if (this.stopped === null && !this.ended) this.thrown = { error };
    this.stop('line taker');
  }

  /** Waits for `exit`, not for `close`, which a grandchild that holds stdout puts off for ever. */
  private exit(): Promise<Exit> {
    return new Promise((resolve) => {
      this.child.on('error', () => {}); // of the start, which went well, or of a signal to the dead
      this.child.once('exit', (code, signal) => {
        this.running = false;
        resolve({ code, signal, lost: false });
      });
      this.giveUp = () => resolve({ code: null, signal: null, lost: true });
    });
  }

  private async end(exiting: Promise<Exit>): Promise<ProgramEnd> {
    const exit = await exiting;
    this.callOffKill();
    this.input.destroy();
    const [survivors] = await Promise.all([this.sweep(), this.drain()]);
    this.ended = true;
    const stdout = this.output.text();
    return {
      ...exit,
      startError: null,
      stopped: this.stopped ?? (this.live.killed ? 'killed' : null),
      overflow: this.overflow,
      thrown: this.thrown,
      stdout,
      invalidUtf8: this.output.invalidUtf8,
      stdoutBytes: this.output.bytes,
      stderrTail: this.stderr.text(),
      stderrBytes: this.stderr.bytes(),
      survivors,
    };
  }

  /** Freezes what is left of the group so that it can be counted and cannot fork, then kills it and what left the group. */
  private async sweep(): Promise<number> {
    const { pid, marker } = this.live;
    const groupLives = signalGroup(pid, 'SIGSTOP');
    const killed = await killMarked(marker);
    if (groupLives) signalGroup(pid, 'SIGKILL');
    this.live.groupMayLive = false;
    return platform() === 'linux' ? killed : Number(groupLives);
  }

  /** Reads what is left in the pipes; whoever still holds them open is waited for no longer than the drain allows. */
  private async drain(): Promise<void> {
    const { stdout, stderr } = this.child;
    const { drainMs } = this.limits;
    let ticks = 0;
    const timer = setInterval(() => {
      if (this.output.waiting) ticks += 1;
      if (ticks >= TICKS) stdout.destroy();
    }, drainMs / TICKS);
    const callOff = after(drainMs, () => stderr.destroy());
    await Promise.all([this.output.done, closed(stderr)]);
    clearInterval(timer);
    callOff();
    stdout.destroy();
  }
}

function closed(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) resolve();
    else stream.once('close', () => resolve());
  });
}
