import { type ChildProcess, spawn } from 'node:child_process';
import type { Command, Option } from 'commander';
import { AgentopsError, messageOf } from '../errors.ts';
import type { Interruptions } from './watch-signals.ts';

/** Milliseconds that a run has to end once it was told to, and once it was told again. */
const GRACE_MS = 30_000;
const SHORT_GRACE_MS = 2000;

/** Runs the program anew and waits until it has ended: a process of its own has no module of an earlier run. What interrupts this process is handed on, and a run that does not end then is killed. Throws where it cannot be started. */
export async function runAnew(
  args: readonly string[],
  { first, again, caught }: Interruptions,
): Promise<void> {
  const [program = ''] = process.argv.slice(1);
  const child = spawn(process.execPath, [...process.execArgv, program, ...args], {
    stdio: 'inherit',
  });
  const timers: NodeJS.Timeout[] = [];
  const end = (graceMs: number): void => {
    child.kill(caught() ?? 'SIGTERM');
    timers.push(setTimeout(() => child.kill('SIGKILL'), graceMs));
  };
  const told = () => end(GRACE_MS);
  const toldAgain = () => end(SHORT_GRACE_MS);
  first.addEventListener('abort', told, { once: true });
  again.addEventListener('abort', toldAgain, { once: true });
  if (first.aborted) told();
  try {
    await ended(child);
  } finally {
    for (const timer of timers) clearTimeout(timer);
    first.removeEventListener('abort', told);
    again.removeEventListener('abort', toldAgain);
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      const message = `Cannot run the suites: ${messageOf(cause)}`;
      reject(new AgentopsError('internal', message, { cause }));
    });
    child.once('close', () => resolve());
  });
}

/** The command line that does once, for some suites, what `command` was to do again and again. */
export function argumentsFor(command: Command, suites: readonly string[]): string[] {
  const above = command.parent ? givenOptions(command.parent) : [];
  return [...above, command.name(), ...givenOptions(command), '--', ...suites];
}

function givenOptions(command: Command): string[] {
  return command.options.flatMap((option) => {
    const key = option.attributeName();
    if (key === 'watch' || command.getOptionValueSource(key) !== 'cli') return [];
    return written(option, command.getOptionValue(key));
  });
}

/** An option as it is written on a command line. */
function written({ long, short, negate }: Option, value: unknown): string[] {
  const name = long ?? short ?? '';
  if (typeof value === 'boolean') return value === negate ? [] : [name];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((one) => `${name}=${String(one)}`);
}
