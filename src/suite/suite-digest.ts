import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { sha256Hex } from '../json/digest.ts';

/** SHA-256 of a file of any size, as hexadecimal digits. */
export async function fileDigest(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** SHA-256 over a suite file and the files that it is made of, whatever the order, the locale and the working folder. */
export function suiteDigest(suite: string, digests: ReadonlyMap<string, string>): string {
  const folder = path.dirname(suite);
  const lines = [...digests].map(([file, digest]) => {
    const name = file === suite ? '' : path.relative(folder, file).split(path.sep).join('/');
    return `${name}\0${digest}\n`;
  });
  return sha256Hex(lines.sort().join(''));
}
