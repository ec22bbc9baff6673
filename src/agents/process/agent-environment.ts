import { AgentopsError } from '../../errors.ts';

type Variables = Readonly<Record<string, string>>;

/** What an agent's environment is built from. */
export interface AgentEnvironmentParts {
  /** The environment of this program. */
  readonly given: Readonly<Record<string, string | undefined>>;
  /** The trial's own folders. */
  readonly home: string;
  readonly temp: string;
  /** Variables that the suite names under `env`: the only others that are passed on. */
  readonly names: readonly string[];
  /** Where the agent finds the endpoints of its trial, keys and the like: these hold whatever else says. */
  readonly endpoints: Variables;
}

/** Passed on where they are set: where programs and their certificates are found, and the language. No loader's variable, no key. */
const PASSED = [
  'PATH',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  // Where version managers keep the programs that PATH leads to: by default below the real HOME
  'ASDF_DATA_DIR',
  'PYENV_ROOT',
  'RBENV_ROOT',
  'VOLTA_HOME',
  // Windows, where names are written either way
  'Path',
  'PATHEXT',
  'ComSpec',
  'COMSPEC',
  'SystemRoot',
  'SYSTEMROOT',
  'SystemDrive',
  'SYSTEMDRIVE',
  'windir',
  'WINDIR',
];

const DEFAULTS: Variables = {
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  TERM: 'dumb',
  NO_PROXY: 'localhost,127.0.0.1,::1', // a proxy that the suite names is not for the endpoints of the trial
  no_proxy: 'localhost,127.0.0.1,::1',
  PYTHONUNBUFFERED: '1', // else Python keeps a line back until its buffer is full
};

/** Switches that keep frameworks from reporting to their vendors. */
const SILENCED: Variables = {
  AGNO_TELEMETRY: 'false',
  ANONYMIZED_TELEMETRY: 'false',
  CREWAI_DISABLE_TELEMETRY: 'true',
  DEEPEVAL_TELEMETRY_OPT_OUT: 'YES',
  DISABLE_TELEMETRY: '1',
  DO_NOT_TRACK: '1',
  HF_HUB_DISABLE_TELEMETRY: '1',
  LANGCHAIN_TRACING_V2: 'false',
  LANGSMITH_TRACING: 'false',
  MASTRA_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  OPENAI_AGENTS_DISABLE_TRACING: '1',
  OTEL_LOGS_EXPORTER: 'none',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_SDK_DISABLED: 'true',
  OTEL_TRACES_EXPORTER: 'none',
};

/** Builds the whole environment of an agent from nothing: few variables are passed on, what the suite names beats them and the trial's folders, and the endpoints beat all. Throws `usage` where a named variable is not set. */
export function agentEnvironment(parts: AgentEnvironmentParts): Record<string, string> {
  const { given, home, temp, names, endpoints } = parts;
  // Without a prototype, so that a variable may have any name
  return Object.assign(
    Object.create(null),
    DEFAULTS,
    SILENCED,
    setOnes(given, PASSED),
    { HOME: home, USERPROFILE: home, TMPDIR: temp, TMP: temp, TEMP: temp },
    namedOnes(given, names),
    endpoints,
  );
}

function setOnes(given: AgentEnvironmentParts['given'], names: readonly string[]): Variables {
  const set: Record<string, string> = Object.create(null);
  for (const name of names) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value !== undefined) set[name] = value;
  }
  return set;
}

function namedOnes(given: AgentEnvironmentParts['given'], names: readonly string[]): Variables {
  const set = setOnes(given, names);
  const missing = names.filter((name) => !Object.hasOwn(set, name));
  if (missing.length === 0) return set;
  const list = missing.map((name) => JSON.stringify(name)).join(', ');
  const one = missing.length === 1;
  const which = one ? `variable ${list} is` : `variables ${list} are`;
  throw new AgentopsError(
    'usage',
    `Cannot build the environment of the agent: ${which} not set, though the suite names ${one ? 'it' : 'them'} under env`,
  );
}
