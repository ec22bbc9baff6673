import { onAbort } from '../../io/on-abort.ts';
import { displayWidth } from '../../report/display-width.ts';
import type { CommandSource } from './command-source.ts';
import { keyLine } from './key-line.ts';

/** A terminal whose keys are read as they are pressed. */
export interface KeyTerminal {
  readonly input: NodeJS.ReadableStream & { setRawMode(on: boolean): unknown };
  readonly write: (text: string) => Promise<unknown>;
  /** Columns, as they are now. */
  readonly width: () => number;
  readonly signal: AbortSignal;
  /** Ctrl-C was pressed: in raw mode no signal comes of it. */
  readonly interrupt: () => void;
  /** Ctrl-Z was pressed: stops this process, and calls back once it goes on. */
  readonly suspend: (resumed: () => void) => void;
}

/** Reads commands key by key; what is pressed while nothing is asked is dropped, as it was meant for another trial. */
export function typedKeys(terminal: KeyTerminal): CommandSource {
  const { input, signal, interrupt } = terminal;
  let take: ((keys: string) => void) | null = null;
  let ended = false;
  let end = (): void => undefined;
  const onData = (data: string | Buffer) => {
    const keys = String(data);
    if (take) take(keys);
    else if (keys.includes('\u0003')) interrupt();
  };
  const onEnd = () => {
    ended = true;
    end();
  };
  input.setEncoding('utf8');
  input.on('data', onData).on('end', onEnd).on('error', onEnd);
  input.setRawMode(true);
  input.resume();
  const forget = onAbort(signal, onEnd);
  return {
    next: (prompt) =>
      new Promise((resolve) => {
        const answer = (line: string | null) => {
          take = null;
          const show = line === null ? '\n' : `${shownLine(line, prompt, terminal)}\n`;
          void terminal.write(show).then(() => resolve(line));
        };
        if (ended || signal.aborted) return resolve(null);
        end = () => answer(null);
        take = keysOf(prompt, terminal, answer);
        void terminal.write(prompt);
      }),
    close: () => {
      forget();
      input.setRawMode(false);
      input.off('data', onData).off('end', onEnd).off('error', onEnd);
      input.pause();
    },
  };
}

/** Makes what takes keys until they are a command. */
function keysOf(
  prompt: string,
  terminal: KeyTerminal,
  answer: (line: string) => void,
): (keys: string) => void {
  const { input, write, interrupt, suspend } = terminal;
  let text = '';
  const draw = () => void write(shownLine(text, prompt, terminal));
  return (keys) => {
    const outcome = keyLine(text, keys);
    if (outcome.kind === 'command') return answer(outcome.line);
    if (outcome.kind === 'interrupt') return interrupt();
    if (outcome.kind === 'suspend') {
      input.setRawMode(false);
      return suspend(() => {
        input.setRawMode(true);
        draw();
      });
    }
    text = outcome.text;
    draw();
  };
}

/** The prompt with the end of what is typed behind it, so that it stays on one row. */
function shownLine(text: string, prompt: string, { width }: KeyTerminal): string {
  const room = Math.max(8, width() - displayWidth(prompt) - 1);
  let shown = Array.from(text).slice(-room);
  while (displayWidth(shown.join('')) > room) shown = shown.slice(1);
  return `\r\u001b[K${prompt}${shown.join('')}`;
}
