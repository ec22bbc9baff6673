import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The text of a request's body; null where it is longer than `maxBytes`. Throws where the client went away. */
export async function bodyText(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part: Buffer = chunk; // nobody set an encoding
    bytes += part.length;
    if (bytes > maxBytes) return null;
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The request for code that is written for the web's; `signal` aborts when its client goes away. */
export function webRequest(request: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (name !== 'content-length' && value !== undefined) headers.set(name, String(value));
  }
  // The answer is JSON whatever the client says it takes: hand-written ones leave this out
  headers.set('accept', 'application/json, text/event-stream');
  return new Request('http://127.0.0.1/mcp', { method: 'POST', headers, signal });
}

/** Sends what code of the web's kind answered; stops when the client goes away. */
export async function sendWebResponse(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  const reader = answer.body?.getReader();
  response.once('close', () => void reader?.cancel().catch(() => {})); // it has ended already
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    if (response.destroyed) break;
    if (!response.write(part.value)) await drained(response);
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    response.once('drain', resolve);
    response.once('close', resolve);
  });
}
