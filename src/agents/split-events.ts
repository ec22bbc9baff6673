import { isUtf8 } from 'node:buffer';
import { AgentBroke } from './talk.ts';

/** Cuts a stream of server-sent events into the data of each; comments and events without data are left out. Throws `AgentBroke` for an event above the cap, or text that is not UTF-8. */
export async function* splitEvents(
  pieces: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<string> {
  const read = eventReader(maxBytes);
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, from)) {
      const event = read(textOf([...parts, piece.subarray(from, end)]));
      if (event !== null) yield event;
      [parts, size, from] = [[], 0, end + 1];
    }
    parts.push(piece.subarray(from));
    size += piece.length - from;
    if (size > maxBytes) throw tooLong(maxBytes);
  }
  // What is left is a line without its end, or none, which then reads as the blank line
  const last = read(textOf(parts)) ?? read('');
  if (last !== null) yield last;
}

const NEWLINE = 10;

/** Takes one line after the other; gives the data of an event with the blank line that ends it. */
function eventReader(maxBytes: number): (line: string) => string | null {
  let data: string[] = [];
  let size = 0;
  return (line) => {
    size += line.length;
    if (size > maxBytes) throw tooLong(maxBytes);
    const found = /^data(?:: ?(.*))?$/s.exec(line);
    if (found) data.push(found[1] ?? '');
    if (line !== '') return null;
    const event = data.length > 0 ? data.join('\n') : null;
    [data, size] = [[], 0];
    return event;
  };
}

function textOf(parts: readonly Uint8Array[]): string {
  const bytes = Buffer.concat(parts);
  if (!isUtf8(bytes)) throw new AgentBroke('An event in the answer of the agent is not UTF-8');
  return bytes.toString('utf8').replace(/\r$/, '');
}

function tooLong(maxBytes: number): AgentBroke {
  return new AgentBroke(`An event in the answer of the agent is longer than ${maxBytes} bytes`);
}
