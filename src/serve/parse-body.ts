import { isTooDeep, MOST_LEVELS } from '../json/is-too-deep.ts';
import { RefusedBody } from './read-body.ts';

const strict = new TextDecoder('utf-8', { fatal: true });

/** Parses bytes as JSON that code can walk through. Throws `RefusedBody` with status 400 for any other. */
export function parseBody(bytes: Uint8Array): unknown {
  const text = textOf(bytes);
  if (isTooDeep(text)) refuse(`its body has more than ${MOST_LEVELS} levels`);
  try {
    return JSON.parse(text);
  } catch {
    return refuse('its body is not JSON');
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return refuse('its body is not UTF-8');
  }
}

function refuse(why: string): never {
  throw new RefusedBody(400, `Cannot read the request: ${why}`);
}
