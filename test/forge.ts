import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a forge got. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly token: string | undefined;
  readonly body: { body?: string } | null;
}

/** A forge on the loopback that answers what it is told to and keeps what it was asked. */
export interface Forge {
  readonly address: string;
  readonly asked: Asked[];
  close(): Promise<void>;
}

/** What a forge answers: a status and a document. */
export type Answer = (asked: Asked) => readonly [number, unknown];

/** Starts a forge. */
export async function startForge(answer: Answer): Promise<Forge> {
  const asked: Asked[] = [];
  const server: Server = createServer(async (request, response) => {
    const one = await askedOf(request);
    asked.push(one);
    const [status, document] = answer(one);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(document));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // of a server that listens on a port
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function askedOf(request: IncomingMessage): Promise<Asked> {
  let text = '';
  for await (const piece of request) text += piece;
  const { authorization, 'private-token': token } = request.headers;
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    token: authorization ?? token?.toString(),
    body: text === '' ? null : JSON.parse(text),
  };
}
