import { sha256Hex } from '../json/digest.ts';

/** Characters of a text that is made up: 28 of 36 each are 144 bits. */
const LENGTH = 28;

/** Makes up the text of a canary from the names of its suite and its own, so that a recording and whoever judges it agree; lower-case letters and digits. */
export function canaryValue(suite: string, canary: string): string {
  const digest = sha256Hex(JSON.stringify(['agentops canary', suite, canary]));
  return BigInt(`0x${digest}`).toString(36).slice(-LENGTH).padStart(LENGTH, '0');
}
