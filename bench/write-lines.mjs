import { closeSync, openSync, writeSync } from 'node:fs';

const BATCH = 1 << 20;

/**
 * Writes lines to a file as they are made, so that the file may be larger than memory; gives its size in bytes.
 * @param {string} file
 * @param {Iterable<string>} lines
 */
export function writeLines(file, lines) {
  const descriptor = openSync(file, 'w');
  let [batch, bytes] = ['', 0];
  try {
    for (const line of lines) {
      batch += `${line}\n`;
      if (batch.length < BATCH) continue;
      bytes += writeSync(descriptor, batch);
      batch = '';
    }
    return bytes + writeSync(descriptor, batch);
  } finally {
    closeSync(descriptor);
  }
}
