import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { platform } from 'node:os';
import type { Program, ProgramEnd, ProgramLimits, ProgramOptions, StartError } from './program.ts';
import { type Reaping, reapIfKilled } from './reaper.ts';
import { RunningProgram } from './running-program.ts';
import { startFault } from './start-fault.ts';

const MEBIBYTE = 1024 * 1024;

const LIMITS: ProgramLimits = {
  graceMs: 2000,
  drainMs: 500,
  lineBytes: 8 * MEBIBYTE,
  outputBytes: 32 * MEBIBYTE,
  inputBytes: 32 * MEBIBYTE,
  stderrBytes: 8 * 1024,
};

/**
 * Starts a program in a group of its own and sees to its end: nothing that it started lives on, its output cannot fill the memory,
 * and every wait is bounded once it is stopped. Never throws: what cannot be started ends with a `startError`.
 * On Linux descendants are found wherever they went, but for those named at `killMarked`; elsewhere only those that stayed in
 * the group, and on Windows only the program itself.
 */
export function startProgram(options: ProgramOptions): Program {
  if (options.signal.aborted) return unstarted(Promise.resolve(endWithout(null, 'aborted')));
  const started = trySpawn(options);
  if (!('child' in started))
    return unstarted(started.fault.then((fault) => endWithout(fault, null)));
  const limits = { ...LIMITS, ...options.limits };
  const program = new RunningProgram(started.child, started.pid, options, limits);
  void program.exited.then(started.reaping.ended); // never rejects
  return program;
}

type Started =
  | {
      readonly child: ChildProcessWithoutNullStreams;
      readonly pid: number;
      readonly reaping: Reaping;
    }
  | { readonly fault: Promise<StartError> };

function trySpawn(options: ProgramOptions): Started {
  const [file, ...args] = options.program;
  const { name, value } = options.marker;
  const reaping = reapIfKilled(options.marker);
  try {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: { ...options.env, [name]: value },
      stdio: 'pipe',
      detached: platform() !== 'win32', // there it would open a window
      windowsHide: true,
    });
    if (child.pid !== undefined) {
      reaping.started(child.pid);
      return { child, pid: child.pid, reaping };
    }
    reaping.ended();
    const fault = new Promise<StartError>((resolve) => {
      child.once('error', (error) => resolve(startFault(options, error)));
    });
    for (const stream of child.stdio ?? []) stream?.destroy();
    return { fault };
  } catch (thrown) {
    reaping.ended();
    return { fault: Promise.resolve(startFault(options, thrown)) };
  }
}

function unstarted(exited: Promise<ProgramEnd>): Program {
  return { write: async () => false, closeInput: () => {}, stop: () => {}, exited };
}

function endWithout(startError: StartError | null, stopped: string | null): ProgramEnd {
  return {
    code: null,
    signal: null,
    startError,
    stopped,
    overflow: null,
    thrown: null,
    stdout: '',
    invalidUtf8: false,
    stdoutBytes: 0,
    stderrTail: '',
    stderrBytes: 0,
    survivors: 0,
    lost: false,
  };
}
