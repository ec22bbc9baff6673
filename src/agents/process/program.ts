/** A variable in the environment of a program and of whatever it starts, by which they are found again; unique to the program. */
export interface Marker {
  readonly name: string;
  readonly value: string;
}

/** What a program may use up. */
export interface ProgramLimits {
  /** Milliseconds from SIGTERM to SIGKILL. */
  readonly graceMs: number;
  /** Milliseconds of waiting for what is left in the pipes once the program has exited. */
  readonly drainMs: number;
  /** Longest line of stdout, in bytes. */
  readonly lineBytes: number;
  /** All that is read from stdout, in bytes. */
  readonly outputBytes: number;
  /** What may be written to stdin and not yet be read by the program, in bytes. */
  readonly inputBytes: number;
  /** The end of stderr that is kept, in bytes. */
  readonly stderrBytes: number;
}

/** Takes one line of stdout, without its break; null where it is not UTF-8. The next one waits until it is done. */
export type TakeLine = (line: string | null) => void | Promise<void>;

/** What to start, and how far it may go. */
export interface ProgramOptions {
  readonly program: readonly [file: string, ...args: string[]];
  readonly cwd: string;
  /** The whole environment, the marker aside. */
  readonly env: Readonly<Record<string, string>>;
  readonly marker: Marker;
  /** Stops the program when it aborts. */
  readonly signal: AbortSignal;
  readonly limits?: Partial<ProgramLimits>;
  /** Without it, stdout is kept as one text. */
  readonly onLine?: TakeLine;
}

/** Why a program never ran. */
export interface StartError {
  readonly kind: 'no_program' | 'no_folder' | 'not_executable' | 'too_long' | 'no_room' | 'other';
  /** Action, state, what was wanted; for a person. */
  readonly message: string;
}

/** How a program ended. It ended by itself only where `startError` and `stopped` are null and `lost` is false. */
export interface ProgramEnd {
  /** Exit code, null where a signal ended it. */
  readonly code: number | null;
  /** The signal that ended it. */
  readonly signal: NodeJS.Signals | null;
  readonly startError: StartError | null;
  /** The first reason for which it was stopped, whatever code it then exited with: that given to `stop`, `aborted`, `overflow`, `line taker`, or `killed` with all others. */
  readonly stopped: string | null;
  /** The cap that it broke: the reason is then `overflow`. */
  readonly overflow: 'line' | 'output' | 'input' | null;
  /** What the taker of lines threw: the reason is then `line taker`. */
  readonly thrown: { readonly error: unknown } | null;
  /** All of stdout, up to its cap; empty where lines were taken. */
  readonly stdout: string;
  /** Whether stdout had bytes that are not UTF-8; in the text they are U+FFFD. */
  readonly invalidUtf8: boolean;
  readonly stdoutBytes: number;
  readonly stderrTail: string;
  readonly stderrBytes: number;
  /** Processes that outlived it and were killed; where there is no /proc, 1 for any number of them. */
  readonly survivors: number;
  /** Whether it still ran seconds after SIGKILL, as a process that waits for a dead disk does. */
  readonly lost: boolean;
}

/** A program that was started. */
export interface Program {
  /** Writes to stdin; resolves once the program's pipe took it, to false where stdin is closed. Never rejects. */
  write(text: string): Promise<boolean>;
  /** Closes stdin behind what was written. */
  closeInput(): void;
  /** SIGTERM to the group, SIGKILL after the grace; no further line is given out. The first reason counts. */
  stop(reason: string): void;
  /** Resolves when the program has ended, what it left behind is dead and the pipes are closed. Never rejects. */
  readonly exited: Promise<ProgramEnd>;
}
