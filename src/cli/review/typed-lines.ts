import { createInterface } from 'node:readline';
import { onAbort } from '../../io/on-abort.ts';
import { terminalLine } from '../../report/terminal-text.ts';
import type { CommandSource } from './command-source.ts';

/** Lines that are read ahead. */
const MOST_WAITING = 1000;

/** Reads commands line by line, as from a script; every line is kept until it is asked for. */
export function typedLines(
  input: NodeJS.ReadableStream,
  write: (text: string) => Promise<unknown>,
  signal: AbortSignal,
): CommandSource {
  const reader = createInterface({ input, terminal: false });
  const waiting: string[] = [];
  let ended = false;
  let wake = (): void => undefined;
  reader.on('line', (line) => {
    if (waiting.push(line) >= MOST_WAITING) reader.pause();
    wake();
  });
  const end = () => {
    ended = true;
    wake();
  };
  reader.on('close', end);
  input.on('error', end);
  const forget = onAbort(signal, end);
  return {
    next: async (prompt) => {
      await write(prompt);
      while (waiting.length === 0 && !ended && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (!ended) reader.resume();
        });
      }
      const line = signal.aborted ? null : (waiting.shift() ?? null);
      await write(`${terminalLine(line ?? '')}\n`); // what is printed then reads like a session
      return line;
    },
    close: () => {
      forget();
      reader.close();
    },
  };
}
