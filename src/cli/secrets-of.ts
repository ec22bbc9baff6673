import { agentKinds } from '../agents/registry.ts';
import type { ModelsConfig } from '../model/config.ts';
import type { Suite } from '../model/suite.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that hold keys wherever they are set. */
const KEYS = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY'];

/** The values that must never be written, by the names of their variables: keys of endpoints, and what agents are given. */
export function secretsOf(
  models: ModelsConfig | null,
  suites: readonly Suite[],
  environment: Environment,
): Record<string, string> {
  const named = Object.values(models ?? {}).flatMap(({ key_env, headers = {} }) => [
    ...(key_env === undefined ? [] : [key_env]),
    ...Object.values(headers).map(({ env }) => env),
  ]);
  const secrets: Record<string, string> = {};
  for (const variable of [
    ...KEYS,
    ...named,
    ...suites.flatMap((suite) => givenToAgents(suite, environment)),
  ]) {
    const value = environment[variable];
    if (value !== undefined && value !== '') secrets[variable] = value;
  }
  return secrets;
}

function givenToAgents({ agents }: Suite, environment: Environment): readonly string[] {
  return agents.flatMap(({ kind: key, config }) => {
    const kind = agentKinds.find((one) => one.key === key);
    return kind?.variables?.(config, environment) ?? [];
  });
}
