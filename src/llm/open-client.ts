import type * as openai from 'openai';
import { AgentopsError } from '../errors.ts';
import { importModule } from '../io/import-module.ts';
import type { Endpoint } from './endpoint-for.ts';
import type { Refusal } from './judge-refusal.ts';

/** Imports a module by name. */
export type ImportModule = (specifier: string) => Promise<unknown>;

/** Posts a request to an endpoint, gives the text of the answer. Throws `Refused`, or what the connection broke with. */
export type Post = (endpoint: Endpoint, body: object, options: PostOptions) => Promise<string>;

/** How a request is posted. */
export interface PostOptions {
  readonly signal: AbortSignal;
  /** Milliseconds until the headers of the answer must be there. */
  readonly timeoutMs: number;
}

/** An answer that is no success, on its way through the client. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`Status ${refusal.status}`);
    this.refusal = refusal;
  }
}

/** The longest answer that is read, in bytes. */
const LONGEST = 64 * 1024 * 1024;

/** Makes a poster that loads the client when it is first used and keeps one for each endpoint; `fetch` stands in for that of the platform. */
export function openClient(
  load: ImportModule = importModule,
  fetch?: typeof globalThis.fetch,
): Post {
  const clients = new Map<string, Promise<openai.OpenAI>>();
  return async (endpoint, body, { signal, timeoutMs }) => {
    const name = JSON.stringify([endpoint.base_url, endpoint.key]);
    const opening = clients.get(name) ?? clientFor(endpoint, load, fetch);
    clients.set(name, opening);
    const client = await opening;
    const response = await client
      .post(endpoint.path, {
        body,
        headers: endpoint.headers,
        signal,
        maxRetries: 0,
        timeout: timeoutMs,
      })
      .asResponse();
    return textOf(response);
  };
}

async function clientFor(
  { base_url, key }: Endpoint,
  load: ImportModule,
  fetch?: typeof globalThis.fetch,
): Promise<openai.OpenAI> {
  const { OpenAI: Client } = (await load('openai')) as typeof openai; // its name says so
  const client = new Client({
    baseURL: base_url,
    apiKey: key ?? 'none', // the client wants one; where there is none, the headers take it out
    // What the client would take from the environment belongs to another endpoint
    adminAPIKey: null,
    organization: null,
    project: null,
    logLevel: 'off',
    maxRetries: 0,
    fetchOptions: { redirect: 'manual' },
    ...(fetch && { fetch }),
  });
  // The client keeps no more of a refusal than its "error"; an agent must see all of it
  const makeStatusError = (status: number, body: unknown, _text: unknown, headers: Headers) =>
    new Refused({ status, headers, body });
  return Object.assign(client, { makeStatusError });
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > LONGEST) {
      throw new AgentopsError('model_fault', 'its answer is longer than 64 MiB');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
