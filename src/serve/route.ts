import type { IncomingMessage, ServerResponse } from 'node:http';
import { AgentopsError } from '../errors.ts';
import type { Session } from '../live/session.ts';
import { type Handlers, handlerOf } from './handler.ts';
import { NO_RETRY } from './refusal.ts';
import { sendJson } from './send.ts';

/** What is served under the prefix of one trial. */
export interface Mount {
  readonly session: Session;
  readonly handlers: Handlers;
  /** Answers that are on their way. */
  readonly open: Set<ServerResponse>;
}

const LOCAL_HOST = /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/i;

/** Has a request served by the trial whose prefix it names; nothing is done for any other. */
export function route(
  mounts: ReadonlyMap<string, Mount>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const [, name = '', path = ''] = /^\/t\/([^/?]+)(\/[^?]*)/.exec(request.url ?? '') ?? [];
  const mount = mounts.get(name);
  const handler = mount && handlerOf(mount.handlers, path);
  // A page in a browser can have its own name resolve to this machine
  if (!LOCAL_HOST.test(request.headers.host ?? '')) {
    refuse(
      request,
      response,
      403,
      'Cannot serve this: expected 127.0.0.1 or localhost as the host',
    );
  } else if (!mount || !handler) {
    refuse(request, response, 404, 'Cannot serve this: nothing is at this address');
  } else {
    mount.open.add(response);
    response.once('close', () => mount.open.delete(response));
    const served = handler(request, response, path);
    const settled = served.catch((thrown) => failed(mount, response, path, thrown));
    void mount.session.track(settled); // it never rejects
  }
}

/** A fault that nobody foresaw ends the trial, unless its client has gone. */
function failed({ session }: Mount, response: ServerResponse, path: string, cause: unknown): void {
  if (response.destroyed) return;
  const why = cause instanceof Error ? cause.message : String(cause);
  session.fault(new AgentopsError('internal', `Cannot serve ${path}: ${why}`, { cause }));
  const error = {
    message: 'The trial ended with an error',
    type: 'server_error',
    code: 'internal',
  };
  if (response.headersSent) response.destroy();
  else sendJson(response, 500, { type: 'error', error }, NO_RETRY);
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  message: string,
): void {
  request.resume();
  const type = status === 404 ? 'not_found_error' : 'permission_error';
  sendJson(response, status, { type: 'error', error: { message, type, code: null } }, NO_RETRY);
}
