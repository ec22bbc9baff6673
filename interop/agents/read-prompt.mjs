import { text } from 'node:stream/consumers';

/** What the user said: all of standard input. */
export async function readPrompt() {
  return (await text(process.stdin)).trim();
}
