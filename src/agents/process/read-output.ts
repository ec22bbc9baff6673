import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { GrowingBytes } from './growing-bytes.ts';
import { LineSplitter } from './line-splitter.ts';
import type { ProgramLimits, TakeLine } from './program.ts';

/** What becomes of a program's stdout. */
export interface OutputOptions {
  readonly limits: Pick<ProgramLimits, 'lineBytes' | 'outputBytes'>;
  readonly onLine: TakeLine | undefined;
  readonly onOverflow: (cap: 'line' | 'output') => void;
  readonly onThrown: (error: unknown) => void;
}

/** Reads stdout to its end or up to a cap: line by line, each once the one before was taken, or as one text. */
export class OutputReader {
  /** Resolves when all was read and taken, or reading was given up. */
  readonly done: Promise<void>;
  bytes = 0;
  invalidUtf8 = false;
  /** Whether it waits for the program, and not for who takes its lines. */
  waiting = false;
  private readonly stream: Readable;
  private readonly options: OutputOptions;
  private readonly splitter: LineSplitter;
  private readonly kept = new GrowingBytes();
  private abandoned = false;
  private release = () => {};

  constructor(stream: Readable, options: OutputOptions) {
    this.stream = stream;
    this.options = options;
    this.splitter = new LineSplitter(options.limits.lineBytes);
    this.done = this.read();
  }

  /** Gives out no further line and waits for none; what still comes is read so that the program can go on to its end. */
  abandon(): void {
    this.abandoned = true;
    this.release();
  }

  /** What was kept as one text. */
  text(): string {
    const bytes = this.kept.take();
    this.invalidUtf8 ||= !isUtf8(bytes);
    return bytes.toString('utf8');
  }

  private async read(): Promise<void> {
    try {
      this.waiting = true;
      for await (const chunk of this.stream) {
        this.waiting = false;
        await this.take(chunk as Buffer); // a stream without encoding
        this.waiting = true;
      }
    } catch {
      // Destroyed by us, or torn by the system: what came before is what there is
    }
    this.waiting = false;
    const rest = this.splitter.rest();
    if (rest !== null && !this.abandoned) await this.giveOut(rest);
  }

  private async take(chunk: Buffer): Promise<void> {
    const { limits, onLine } = this.options;
    const room = limits.outputBytes - this.bytes;
    this.bytes += chunk.length;
    const within = chunk.length > room ? chunk.subarray(0, Math.max(room, 0)) : chunk;
    if (onLine === undefined) this.kept.add(within);
    else await this.giveOutLines(within);
    if (chunk.length > room) this.overflow('output');
  }

  private async giveOutLines(chunk: Buffer): Promise<void> {
    for (const line of this.splitter.lines(chunk)) {
      if (this.abandoned) return;
      const taking = this.giveOut(line);
      if (taking !== undefined) await taking;
    }
    if (this.splitter.tooLong) this.overflow('line');
  }

  /** Undefined where the line was taken at once: a million lines need no million promises. */
  private giveOut(line: Buffer): Promise<void> | undefined {
    const text = isUtf8(line) ? line.toString('utf8') : null;
    this.invalidUtf8 ||= text === null;
    try {
      const taking = this.options.onLine?.(text);
      return taking instanceof Promise ? this.untilTaken(taking) : undefined;
    } catch (error) {
      return this.untilTaken(Promise.reject(error));
    }
  }

  /** Settles with `abandon` too, without a race against one promise that would gather the reactions of all lines. */
  private untilTaken(taking: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      this.release = resolve;
      if (this.abandoned) resolve(); // by the taker itself
      taking.then(resolve, (error) => {
        if (!this.abandoned) this.options.onThrown(error);
        resolve();
      });
    });
  }

  private overflow(cap: 'line' | 'output'): void {
    this.stream.destroy();
    if (!this.abandoned) this.options.onOverflow(cap);
  }
}
