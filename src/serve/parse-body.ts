import { isUtf8 } from 'node:buffer';
import { RefusedBody } from './read-body.ts';

const MOST_LEVELS = 256;

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

/** Whether brackets outside of strings are nested deeper than any request has need of. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x5b || code === 0x7b) depth += 1;
    else if (code === 0x5d || code === 0x7d) depth -= 1;
    if (depth > MOST_LEVELS) return true;
  }
  return false;
}

function refuse(why: string): never {
  throw new RefusedBody(400, `Cannot read the request: ${why}`);
}
