import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { messageOf } from '../errors.ts';
import { readFault } from '../io/disk-fault.ts';
import { sha256Hex } from '../json/digest.ts';

/** The most that a file of YAML may hold; larger sets of tasks are JSONL. */
export const MAX_BYTES = 16 * 1024 * 1024;
const NEWLINE = 10;

/** A file's text, or why it cannot be read; `offset` is the place of that in the text. */
export type ReadSource =
  | { text: string; digest: string; problem?: undefined }
  | { problem: string; text: string; offset: number };

/** Reads a file as UTF-8 text, refusing what is too large before it is read. */
export async function readSource(file: string): Promise<ReadSource> {
  try {
    const { size, isRegular } = await stat(file).then((found) => ({
      size: found.size,
      isRegular: found.isFile(),
    }));
    if (!isRegular) return unreadable(`Cannot read "${file}": expected a file`);
    if (size > MAX_BYTES) return unreadable(tooLarge(size));
    return decode(await readFile(file));
  } catch (thrown) {
    return unreadable(messageOf(readFault(file, thrown)));
  }
}

function decode(bytes: Buffer): ReadSource {
  if (bytes.length > MAX_BYTES) return unreadable(tooLarge(bytes.length));
  if (isUtf8(bytes)) return { text: new TextDecoder().decode(bytes), digest: sha256Hex(bytes) };
  const [first, second] = bytes;
  const utf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (utf16) return unreadable('The file is UTF-16, expected UTF-8');
  const text = new TextDecoder().decode(bytes);
  const problem = 'The file is not UTF-8 from here on';
  return { problem, text, offset: firstBadCharacter(bytes) };
}

/** Offset in the decoded text of the first character that is not UTF-8. */
function firstBadCharacter(bytes: Buffer): number {
  let start = 0;
  for (let end = 0; end !== -1; start = end + 1) {
    end = bytes.indexOf(NEWLINE, start);
    const line = bytes.subarray(start, end === -1 ? bytes.length : end);
    if (isUtf8(line)) continue;
    const before = new TextDecoder().decode(bytes.subarray(0, start)).length;
    return before + line.toString('utf8').indexOf('\ufffd');
  }
  return 0;
}

function unreadable(problem: string): ReadSource {
  return { problem, text: '', offset: 0 };
}

function tooLarge(bytes: number): string {
  const size = Math.ceil(bytes / 1024 / 1024);
  return `The file holds ${size} MiB, expected at most 16; larger sets of tasks are JSONL: tasks: { from: ./tasks.jsonl }`;
}
