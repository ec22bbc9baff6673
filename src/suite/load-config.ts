import { stat } from 'node:fs/promises';
import path from 'node:path';
import { isReadable } from '../io/base-url.ts';
import { isObject } from '../json/object.ts';
import type { Config, EvalDefaults, ModelsConfig, PriceTable } from '../model/config.ts';
import type { Fault } from '../model/suite.ts';
import { configSchema } from './config-schema.ts';
import { configSecrets, withoutSecrets } from './config-secrets.ts';
import { type LoadedDocument, loadDocument } from './load-document.ts';
import { loadPrices } from './load-prices.ts';
import { resolvePath } from './resolve-path.ts';
import { below, isSound, type ValueAt, validate } from './schema-faults.ts';
import { emptySource, faultAt } from './source.ts';
import { isFilePath } from './text-schema.ts';

/** Name of the file that holds the settings of a project. */
const CONFIG_NAME = 'agentops.config.yaml';

/** The settings of a project and what is wrong with them. */
export interface LoadedConfig {
  /** null where something is wrong; all defaults where there is no file. */
  config: Config | null;
  /** Absolute path of the file, null where there is none. */
  file: string | null;
  faults: Fault[];
}

/** What settings are checked against. */
export interface ConfigOptions {
  /** Names of the reporters that there are. */
  readonly reporters?: readonly string[];
}

/** A file as it is written, once it is validated. */
interface ConfigFile {
  readonly eval?: EvalDefaults;
  readonly models?: ModelsConfig;
  readonly prices?: PriceTable | string;
}

/** Loads the settings of the project whose root is that folder. */
export async function loadConfig(
  folder: string,
  { reporters }: ConfigOptions = {},
): Promise<LoadedConfig> {
  const root = path.resolve(folder);
  const file = path.join(root, CONFIG_NAME);
  if (!(await isThere(file))) return { ...(await misnamed(root)), file: null };
  const document = await loadDocument(file);
  if (!document.readable) {
    const config = isBlank(document) ? settings({}, null, root) : null;
    return { config, file, faults: config ? [] : document.faults };
  }
  const { source, value } = document;
  const secrets = configSecrets(source, value);
  const trapped = [...document.trapped, ...secrets.paths];
  const { faults, at } = validate(configSchema(reporters ?? null), value, {
    source,
    path: [],
    trapped,
  });
  const prices = await pricesAt(value, at, root);
  const found = [
    ...withoutSecrets([...document.faults, ...faults], secrets.values),
    ...secrets.faults,
    ...unencrypted(value, at),
    ...prices.faults,
  ].sort((a, b) => Number(a.file > b.file) || a.line - b.line || a.column - b.column);
  const isUsable = !found.some(({ severity }) => severity === 'error');
  const config = isUsable ? settings(value as ConfigFile, prices.table, root) : null; // validated as one
  return { config, file, faults: found };
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** What is said where the file is there under a name that is not read. */
async function misnamed(root: string): Promise<Pick<LoadedConfig, 'config' | 'faults'>> {
  for (const name of ['agentops.config.yml', 'agentops.config.json', 'agentops.yaml']) {
    const file = path.join(root, name);
    if (!(await isThere(file))) continue;
    const message = `The settings of a project stand in ${CONFIG_NAME}, and ${name} is not read; rename it`;
    return { config: null, faults: [faultAt(emptySource(file), [], message)] };
  }
  return { config: settings({}, null, root), faults: [] };
}

/** Whether a file holds nothing but comments. */
function isBlank({ source }: LoadedDocument): boolean {
  const lines = source.text.split('\n').map((line) => line.trim());
  return source.text !== '' && lines.every((line) => line === '' || line.startsWith('#'));
}

function settings(file: ConfigFile, prices: PriceTable | null, root: string): Config {
  const { reporter, out, ...rest } = file.eval ?? {};
  return {
    eval: {
      ...rest,
      ...(reporter && { reporter: reporter.map((value) => withPath(value, root)) }),
      ...(out !== undefined && { out: path.resolve(root, out) }),
    },
    models: file.models ?? null,
    prices,
  };
}

/** A reporter whose file is relative to the project, not to wherever the command is run. */
function withPath(value: string, root: string): string {
  const at = value.indexOf('=');
  const file = value.slice(at + 1);
  return at === -1 || file === '-' ? value : `${value.slice(0, at)}=${path.resolve(root, file)}`;
}

async function pricesAt(
  value: unknown,
  at: ValueAt,
  root: string,
): Promise<{ table: PriceTable | null; faults: Fault[] }> {
  const prices = isObject(value) ? value['prices'] : undefined;
  const place = below(at, ['prices']);
  if (prices === undefined || !isSound(place)) return { table: null, faults: [] };
  if (!isFilePath(prices)) return { table: prices as PriceTable, faults: [] }; // it is sound
  const resolved = await resolvePath(prices, at.source.file, { root, allowOutside: false });
  if (resolved.problem !== undefined) {
    return { table: null, faults: [faultAt(at.source, place.path, resolved.problem)] };
  }
  const loaded = await loadPrices(resolved.file);
  return { table: loaded.prices, faults: loaded.faults };
}

/** Warns of endpoints to which a key goes so that others can read it. */
function unencrypted(value: unknown, at: ValueAt): Fault[] {
  const models = isObject(value) && isObject(value['models']) ? value['models'] : {};
  return Object.entries(models).flatMap(([model, endpoint]) => {
    const place = below(at, ['models', model]);
    if (!isObject(endpoint) || !isSound(place)) return [];
    const { base_url, key_env, headers } = endpoint;
    if (!isReadable(String(base_url)) || (key_env === undefined && !headers)) return [];
    const message = 'The key goes there unencrypted, expected https://';
    return [faultAt(at.source, [...place.path, 'base_url'], message, { severity: 'warning' })];
  });
}
