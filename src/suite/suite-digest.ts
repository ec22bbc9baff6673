import path from 'node:path';
import { sha256Hex } from '../json/digest.ts';

/** SHA-256 over a suite file and the files that it is made of, whatever the order, the locale and the working folder. */
export function suiteDigest(suite: string, digests: ReadonlyMap<string, string>): string {
  const folder = path.dirname(suite);
  const lines = [...digests].map(([file, digest]) => {
    const name = file === suite ? '' : path.relative(folder, file).split(path.sep).join('/');
    return `${name}\0${digest}\n`;
  });
  return sha256Hex(lines.sort().join(''));
}
