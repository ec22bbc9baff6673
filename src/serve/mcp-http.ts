import type { IncomingMessage, ServerResponse } from 'node:http';
import { drained } from './send.ts';

/** The request for code that is written for the web's; `signal` aborts when its client goes away. */
export function webRequest(request: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (name !== 'content-length' && value !== undefined) headers.set(name, String(value));
  }
  // The answer is JSON whatever the client says it takes: clients written by hand leave this out
  headers.set('accept', 'application/json, text/event-stream');
  return new Request('http://127.0.0.1/mcp', { method: 'POST', headers, signal });
}

/** Sends what code of the web's kind answered; stops when the client goes away. */
export async function sendWebResponse(answer: Response, response: ServerResponse): Promise<void> {
  if (response.destroyed) return;
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  const reader = answer.body?.getReader();
  response.once('close', () => void reader?.cancel().catch(() => {})); // it has ended already
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    if (response.destroyed) return;
    if (!response.write(part.value)) await drained(response);
  }
  response.end();
}
