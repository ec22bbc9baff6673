import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { suiteKinds } from '../src/cli/registries.ts';
import { loadSuites } from '../src/suite/load-suites.ts';
import { emptyFolder, remove } from './temporary-project.ts';

let folder = '';
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => remove(folder));

async function faultsOf(
  canaries: string,
  expectation = "no_leaks: ['*']",
  more = '',
): Promise<string[]> {
  const file = path.join(folder, 'shop.suite.yaml');
  writeFileSync(path.join(folder, 'r.jsonl'), '');
  writeFileSync(
    file,
    `suite: shop\nagents: { a: { replay: ./r.jsonl } }\n${canaries}\n${more}\nexpect: { ${expectation} }\ntasks: [{ id: t }]\n`,
  );
  const { faults } = await loadSuites([file], suiteKinds);
  return faults.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('canaries of a suite', () => {
  it.each<[string, string | undefined, string | undefined, string]>([
    ['canaries: { pin: {} }', undefined, undefined, '3:18 Give value, env, world or prompt'],
    [
      'canaries: { pin: { value: a-b-c-d-e } }',
      undefined,
      undefined,
      '3:18 Expected a value with 8 letters',
    ],
    [
      'canaries: { pin: { value: long enough, env: PIN } }',
      undefined,
      undefined,
      '3:18 value and env',
    ],
    [
      'canaries: { pin: { env: 1PIN } }',
      undefined,
      undefined,
      '3:25 Expected the name of an environment variable',
    ],
    [
      'canaries: { pin: { prompt: true } }',
      'no_leaks: [pim]',
      undefined,
      '5:22 Unknown canary "pim": did you mean "pin"?',
    ],
    [
      'canaries: { pin: { prompt: true } }',
      'not: [{ no_leaks: [pim] }]',
      undefined,
      '5:30 Unknown canary',
    ],
    ['', undefined, undefined, '5:22 No canaries to look for'],
    [
      'canaries: { pin: { world: /a/b } }',
      undefined,
      'world: { a: 7 }',
      '3:27 Cannot plant it in the world: /a is a number',
    ],
    [
      'canaries: { pin: { world: a } }',
      undefined,
      undefined,
      '3:27 Cannot plant it in the world: "a" is no JSON Pointer',
    ],
    [
      'canaries: { a: { world: /a }, b: { world: /a/b } }',
      undefined,
      undefined,
      '3:43 Cannot plant it',
    ],
    [
      'canaries: { a: { world: /a }, b: { world: /a } }',
      undefined,
      undefined,
      '3:43 Cannot plant it in the world: Another',
    ],
  ])('%s with %s and %s is at fault', async (canaries, expectation, more, message) => {
    const faults = await faultsOf(canaries, expectation, more);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(message);
  });

  it.each(['constructor', '__proto__'])('may be called %s', async (name) => {
    expect(
      await faultsOf(`canaries: { ${name}: { prompt: true } }`, `no_leaks: [${name}]`),
    ).toEqual([]);
  });
});
