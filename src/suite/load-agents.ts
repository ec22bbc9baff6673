import { isObject } from '../json/object.ts';
import type { AgentEntry } from '../model/suite.ts';
import { loadModels } from './load-models.ts';
import { checkKeyFiles } from './load-tools.ts';
import { checkFiles, type Part, type SuiteLoading } from './part-loading.ts';
import { below, isSound } from './schema-faults.ts';
import { placeOf } from './source.ts';

/** Reads the agents of a suite that are sound and checks the files that they name. */
export async function loadAgents(
  loading: SuiteLoading,
  { value, at }: Part,
): Promise<AgentEntry[]> {
  if (!isObject(value)) return [];
  const agents: AgentEntry[] = [];
  for (const [name, entry] of Object.entries(value)) {
    const part = { value: entry, at: below(at, [name]) };
    const agent = await loadAgent(loading, name, part);
    if (agent) agents.push(agent);
  }
  return agents;
}

async function loadAgent(
  loading: SuiteLoading,
  name: string,
  { value, at }: Part,
): Promise<AgentEntry | null> {
  if (!isObject(value)) return null;
  await checkKeyFiles(loading, 'agent', { value, at });
  for (const kind of loading.kinds.agents) {
    if (!Object.hasOwn(value, kind.key) || !isSound(below(at, [kind.key]))) continue;
    const { data: config } = kind.schema.safeParse(value[kind.key]);
    await checkFiles(loading, kind.files?.(config) ?? [], below(at, [kind.key]));
    const models = await loadModels(loading, value, at);
    return { name, kind: kind.key, config, ...models, at: placeOf(at.source, at.path) };
  }
  return null;
}
