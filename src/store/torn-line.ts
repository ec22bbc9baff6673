import { openWindow } from '../io/window-reader.ts';
import { sizeOf } from './trial-lines.ts';

const PIECE = 64 * 1024;
const NEWLINE = 10;

/** Whether the last line of a file is cut off: it has no line break and is no whole JSON. */
export async function hasTornLine(file: string): Promise<boolean> {
  const size = await sizeOf(file);
  if (size === 0) return false;
  const reader = openWindow(file);
  try {
    let start = size;
    while (start > 0) {
      const from = Math.max(0, start - PIECE);
      const at = reader.read(from, start - from).lastIndexOf(NEWLINE);
      start = at === -1 ? from : from + at + 1;
      if (at !== -1) break;
    }
    return start < size && !isWhole(reader.read(start, size - start));
  } finally {
    reader.close();
  }
}

function isWhole(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false; // that is the question
  }
}
