import { AgentopsError } from '../errors.ts';
import { baseUrlProblem } from '../io/base-url.ts';
import type { ModelEndpoint, ModelsConfig } from '../model/config.ts';
import type { Dialect } from '../model/exchange.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a request goes, with what proves who asks. */
export interface Endpoint {
  readonly base_url: string;
  readonly path: string;
  /** Key in use; null where none is sent. */
  readonly key: string | null;
  /** Variable that holds the key, for messages. */
  readonly keyName: string | null;
  readonly headers: Readonly<Record<string, string | null>>;
  /** Values that no message may show. */
  readonly secrets: readonly string[];
  /** As it is configured. */
  readonly configured: ModelEndpoint;
}

type Api = NonNullable<ModelEndpoint['api']>;

/** Characters of a value that is kept out of answers and messages. */
const LEAST_SECRET = 12;

const ANTHROPIC_VERSION = '2023-06-01';

const DEFAULTS = {
  openai: { base: 'OPENAI_BASE_URL', key: 'OPENAI_API_KEY', url: 'https://api.openai.com/v1' },
  anthropic: {
    base: 'ANTHROPIC_BASE_URL',
    key: 'ANTHROPIC_API_KEY',
    url: 'https://api.anthropic.com',
  },
} as const satisfies Record<Api, object>;

/** The endpoint of a model as configured, or without a configuration as the usual variables say; `asker` is for messages. Throws `model_fault`. */
export function endpointFor(
  model: string,
  dialect: Dialect,
  models: ModelsConfig | null,
  environment: Environment,
  asker = 'the agent',
): Endpoint {
  const spoken: Api = dialect === 'messages' ? 'anthropic' : 'openai';
  const configured = models
    ? named(model, models)
    : { endpoint: usual(model, spoken, environment), optionalKey: true };
  const { endpoint } = configured;
  if (endpoint.api !== undefined && endpoint.api !== spoken) {
    throw fault(
      model,
      `its endpoint has "api: ${endpoint.api}" in agentops.config.yaml, and ${asker} speaks that of ${spoken}`,
    );
  }
  const { base_url } = endpoint;
  const keyName = endpoint.key_env ?? null;
  const value = (name: string) => variable(name, model, base_url, environment);
  const key = keyName === null ? null : value(keyName);
  const extra = Object.entries(endpoint.headers ?? {}).map(([name, { env }]) => [name, value(env)]);
  return {
    base_url,
    path: pathOf(dialect, base_url),
    key,
    keyName,
    headers: { ...authentication(spoken, key), ...Object.fromEntries(extra) },
    configured: endpoint,
    secrets: [key ?? '', ...extra.map(([, text]) => String(text))].filter(isSecret),
  };
}

/** Keys of local servers are words such as "none", which answers may hold as well. */
function isSecret(text: string): boolean {
  return text.length >= LEAST_SECRET;
}

function fault(model: string, why: string): AgentopsError {
  return new AgentopsError('model_fault', `Cannot ask model ${JSON.stringify(model)}: ${why}`);
}

/** The endpoint under the exact name of a model, else under the wildcard that says most of it. */
function named(model: string, models: ModelsConfig): { endpoint: ModelEndpoint } {
  const patterns = Object.keys(models).filter((pattern) => fits(model, pattern));
  const [best] = patterns.toSorted(
    (a, b) => Number(b === model) - Number(a === model) || b.length - a.length,
  );
  const endpoint = best === undefined ? undefined : models[best];
  if (endpoint) return { endpoint };
  const known = Object.keys(models).join(', ') || 'none';
  throw fault(
    model,
    `no endpoint in agentops.config.yaml has that name, there are ${known}; add it under "models", or "*" for all`,
  );
}

function fits(model: string, pattern: string): boolean {
  if (pattern === model) return true;
  const at = pattern.indexOf('*');
  if (at === -1) return false;
  const [head, tail] = [pattern.slice(0, at), pattern.slice(at + 1)];
  return (
    model.length >= head.length + tail.length && model.startsWith(head) && model.endsWith(tail)
  );
}

/** The endpoint that the usual variables of an API mean, once one of them is set. */
function usual(model: string, api: Api, environment: Environment): ModelEndpoint {
  const { base, key, url } = DEFAULTS[api];
  const isSet = (name: string) => (environment[name]?.trim() ?? '') !== '';
  if (!isSet(base) && !isSet(key)) {
    throw fault(
      model,
      `no endpoint is configured; set ${key} (and ${base} for another address than ${url}), or name an endpoint under "models" in agentops.config.yaml`,
    );
  }
  const base_url = isSet(base) ? String(environment[base]).trim() : url;
  const problem = baseUrlProblem(base_url); // which does not show it: it may hold a password
  if (problem !== null) throw fault(model, `${base} cannot be used: ${problem.replace(/^E/, 'e')}`);
  if (!isSet(key)) return { base_url };
  return { base_url, key_env: key };
}

/** The value of a variable, without the white space that files of keys bring along. */
function variable(name: string, model: string, url: string, environment: Environment): string {
  const value = Object.hasOwn(environment, name) ? environment[name]?.trim() : undefined;
  if (value !== undefined && value !== '') return value;
  throw fault(model, `the environment variable ${name} is not set, expected the key of ${url}`);
}

function pathOf(dialect: Dialect, base_url: string): string {
  if (dialect === 'chat') return '/chat/completions';
  if (dialect === 'responses') return '/responses';
  // Addresses of Anthropic end before the version, those of others with it
  return /\/v\d+\/?$/.test(base_url) ? '/messages' : '/v1/messages';
}

/** null takes out the header that the client adds by itself. */
function authentication(api: Api, key: string | null): Record<string, string | null> {
  if (api === 'openai') return key === null ? { Authorization: null } : {};
  const base = { Authorization: null, 'anthropic-version': ANTHROPIC_VERSION };
  return key === null ? base : { ...base, 'x-api-key': key };
}
