import { open } from 'node:fs/promises';
import { readFault } from './disk-fault.ts';
import type { JsonPart, PartChoice } from './json-part.ts';
import { JsonPartSplitter } from './json-part-splitter.ts';

const CHUNK = 1024 * 1024;

/** What is read of a document, and how a fault in it is told. */
export interface JsonPartOptions extends PartChoice {
  /** Makes the error: a quoted file with line and byte, and what is wrong there. */
  readonly fault: (place: string, state: string) => Error;
}

/** Reads one JSON object of any size in pieces: its values whole, its long lists element by element. Memory is bounded by the longest piece. Throws what `fault` makes at the first thing that is broken, also after pieces were given; `input_fault` or `disk_fault` where it cannot be read. */
export async function* readJsonParts(
  file: string,
  { fault, ...choice }: JsonPartOptions,
): AsyncGenerator<JsonPart[]> {
  const splitter = new JsonPartSplitter(choice, ({ line, offset }, state) =>
    fault(`"${file}" line ${line} (byte ${offset})`, state),
  );
  const failed = (thrown: unknown): never => {
    throw readFault(file, thrown);
  };
  const handle = await open(file).catch(failed);
  const buffer = Buffer.allocUnsafe(CHUNK);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, null).catch(failed);
      if (bytesRead === 0) break;
      const parts = splitter.take(buffer.subarray(0, bytesRead));
      if (parts.length > 0) yield parts;
    }
    splitter.end();
  } finally {
    await handle.close();
  }
}
