import type { Writable } from 'node:stream';

/** The way into a program. */
export interface ProgramInput {
  write(text: string): Promise<boolean>;
  close(): void;
  /** Gives up what was not taken yet. */
  destroy(): void;
}

/** Writes to stdin; a program that takes nothing makes writes wait, and more than `maxBytes` of them overflow. */
export function programInput(
  stream: Writable,
  maxBytes: number,
  onOverflow: () => void,
): ProgramInput {
  let waiting = 0;
  // A program that closed stdin or is gone: the write that finds out resolves to false
  stream.on('error', () => {});
  async function write(text: string): Promise<boolean> {
    if (!stream.writable) return false;
    if (waiting > maxBytes) {
      onOverflow();
      return false;
    }
    const bytes = Buffer.from(text);
    waiting += bytes.length;
    const taken = await new Promise<boolean>((resolve) => {
      stream.write(bytes, (error) => resolve(!error));
    });
    waiting -= bytes.length;
    return taken;
  }
  return {
    write,
    close: () => {
      if (stream.writable) stream.end();
    },
    destroy: () => {
      stream.destroy();
    },
  };
}
