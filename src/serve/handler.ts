import type { IncomingMessage, ServerResponse } from 'node:http';

/** Serves the requests for a path of a trial; `path` is what follows its prefix, without a query. */
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => Promise<void>;

/** Handlers by path; a path that ends in `/` serves all that begin with it. */
export type Handlers = ReadonlyMap<string, Handler>;

/** The handler of a path, undefined where there is none. */
export function handlerOf(handlers: Handlers, path: string): Handler | undefined {
  const exact = handlers.get(path);
  if (exact && !path.endsWith('/')) return exact;
  for (const [prefix, handler] of handlers) {
    if (prefix.endsWith('/') && path.startsWith(prefix) && path !== prefix) return handler;
  }
  return undefined;
}
