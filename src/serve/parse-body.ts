import { isUtf8 } from 'node:buffer';
import { isTooDeep, MOST_LEVELS } from '../json/is-too-deep.ts';
import { RefusedBody } from './read-body.ts';

/** Parses bytes as JSON that code can walk through. Throws `RefusedBody` with status 400 for any other. */
export function parseBody(bytes: Buffer): unknown {
  const text = textOf(bytes);
  if (isTooDeep(text)) refuse(`its body has more than ${MOST_LEVELS} levels`);
  try {
    return JSON.parse(text);
  } catch {
    return refuse('its body is not JSON');
  }
}

function textOf(bytes: Buffer): string {
  if (!isUtf8(bytes)) return refuse('its body is not UTF-8');
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}

function refuse(why: string): never {
  throw new RefusedBody(400, `Cannot read the request: ${why}`);
}
