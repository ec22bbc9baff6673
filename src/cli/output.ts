import type { Writable } from 'node:stream';
import { codeOf, writeFault } from '../io/disk-fault.ts';

/** A stream that text is written to, whatever becomes of its reader. */
export interface Output {
  /** Writes text and waits until it is taken; false once nobody reads any more, which is no fault. Throws `disk_fault`. */
  write(text: string): Promise<boolean>;
}

/** Codes that say that the reader went away, as `head` does. */
const GONE_CODES = new Set(['EPIPE', 'EOF', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/** Characters that are gathered for one write. */
const PIECE = 64 * 1024;

const outputs = new WeakMap<Writable, Output>();

/** The output of a stream, the same one each time; the name is for messages. Listens for errors, which would else end the process; those of a `lenient` output are passed over, as there is nowhere to tell them. */
export function outputOf(stream: Writable, name: string, lenient = false): Output {
  const output = outputs.get(stream) ?? createOutput(stream, name, lenient);
  outputs.set(stream, output);
  return output;
}

function createOutput(stream: Writable, name: string, lenient: boolean): Output {
  let failure: unknown;
  stream.on('error', (thrown) => {
    failure ??= thrown;
  });
  return {
    async write(text) {
      if (text !== '' && failure === undefined) failure = await writeTo(stream, text);
      if (failure === undefined) return true;
      if (lenient || isGone(failure)) return false;
      throw writeFault(name, failure);
    },
  };
}

/** Writes an output until all is written or nobody reads any more. */
export async function writeAll(output: Output, pieces: AsyncIterable<string>): Promise<void> {
  let waiting = '';
  for await (const piece of pieces) {
    waiting += piece;
    if (waiting.length < PIECE) continue;
    if (!(await output.write(waiting))) return;
    waiting = '';
  }
  await output.write(waiting);
}

function writeTo(stream: Writable, text: string): Promise<unknown> {
  return new Promise((resolve) => {
    stream.write(text, (thrown) => resolve(thrown ?? undefined));
  });
}

function isGone(thrown: unknown): boolean {
  const code = codeOf(thrown) ?? (thrown as { code?: unknown } | null)?.code; // read only
  return typeof code === 'string' && GONE_CODES.has(code);
}
