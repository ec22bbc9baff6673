import { baseUrlProblem } from '../io/base-url.ts';
import { isObject } from '../json/object.ts';
import { VariableName } from '../model/config.ts';
import type { Fault } from '../model/suite.ts';
import type { KeyPath } from './kinds.ts';
import { faultAt, type Source } from './source.ts';

/** Keys of a configuration where they do not belong. */
export interface FoundSecrets {
  readonly faults: Fault[];
  /** Where they stand; nothing more is said of what is there. */
  readonly paths: KeyPath[];
  /** What no other fault may show. */
  readonly values: string[];
}

interface Finding {
  readonly path: KeyPath;
  readonly on: 'key' | 'value';
  readonly value: unknown;
  readonly message: string;
}

const KEYS = /^(?:api[_-]?)?(?:key|token|secret|password|authorization|access[_-]?token)$/i;

const NEVER =
  'A key never stands in this file: put it into an environment variable and name that with key_env';
const VARIABLE = 'Expected the name of an environment variable, never what it holds';
const HEADER = 'Expected { env: NAME }: a header never stands in this file itself';

/** Texts shorter than this are no secrets, and would hide too much. */
const LEAST = 4;

/** Finds keys that were written into a configuration, and tells of them without showing them. */
export function configSecrets(source: Source, value: unknown): FoundSecrets {
  const models = isObject(value) && isObject(value['models']) ? value['models'] : {};
  const findings = Object.entries(models).flatMap(([model, endpoint]) =>
    isObject(endpoint) ? inEndpoint(endpoint, ['models', model]) : [],
  );
  return {
    faults: findings.map(({ path, on, message }) => withoutFrame(source, path, on, message)),
    paths: findings.map(({ path }) => path),
    values: findings.flatMap((finding) => textsIn(finding.value)),
  };
}

/** Faults without the lines that would show a secret. */
export function withoutSecrets(faults: readonly Fault[], values: readonly string[]): Fault[] {
  return faults.map((fault) => {
    const { frame, ...rest } = fault;
    return frame !== undefined && values.some((text) => frame.includes(text)) ? rest : fault;
  });
}

function inEndpoint(endpoint: Record<string, unknown>, path: KeyPath): Finding[] {
  return Object.entries(endpoint).flatMap(([key, value]): Finding[] => {
    const at = [...path, key];
    if (KEYS.test(key)) return [{ path: at, on: 'key', value, message: NEVER }];
    if (key === 'key_env' && typeof value === 'string') return variable(at, value);
    if (key === 'base_url' && hasPassword(value)) {
      return [{ path: at, on: 'value', value, message: baseUrlProblem(value) ?? NEVER }];
    }
    if (key === 'headers' && isObject(value)) return inHeaders(value, at);
    return [];
  });
}

function hasPassword(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { username, password } = new URL(value);
  return username !== '' || password !== '';
}

function inHeaders(headers: Record<string, unknown>, path: KeyPath): Finding[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (typeof value === 'string') {
      return [{ path: [...path, name], on: 'value' as const, value, message: HEADER }];
    }
    const env = isObject(value) ? value['env'] : undefined;
    return typeof env === 'string' ? variable([...path, name, 'env'], env) : [];
  });
}

function variable(path: KeyPath, value: string): Finding[] {
  if (VariableName.safeParse(value).success) return [];
  return [{ path, on: 'value', value, message: VARIABLE }];
}

function withoutFrame(source: Source, path: KeyPath, on: 'key' | 'value', message: string): Fault {
  const { frame: _frame, ...fault } = faultAt(source, path, message, { on });
  return fault;
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value);
    return text.length < LEAST ? [] : [text];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
