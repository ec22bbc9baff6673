import type { Output } from '../output.ts';
import type { CommandSource } from './command-source.ts';
import { typedKeys } from './typed-keys.ts';
import { typedLines } from './typed-lines.ts';

/** Opens what a person types: keys that act at once at a terminal, else lines. However this process ends, the terminal is left as it was. */
export function openSource(output: Output, signal: AbortSignal): CommandSource {
  const { stdin, stdout } = process;
  const write = (text: string) => output.write(text);
  if (!stdin.isTTY || !stdout.isTTY) return typedLines(stdin, write, signal);
  process.on('exit', () => stdin.setRawMode(false));
  return typedKeys({
    input: stdin,
    write,
    width: () => stdout.columns || 80,
    signal,
    interrupt: () => void process.emit('SIGINT'),
    suspend: (resumed) => {
      if (process.platform === 'win32') return resumed(); // nothing can be stopped there
      process.once('SIGCONT', resumed);
      process.kill(process.pid, 'SIGTSTP');
    },
  });
}
