import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configJsonSchema } from './config-json-schema.ts';
import { loadConfig } from './load-config.ts';
import { loadPrices } from './load-prices.ts';
import { lines, testProject } from './project.test-support.ts';

const reporters = ['terminal', 'json', 'junit'];
const SECRET = 'sk-very-secret-0123';

async function load(text: string | null, files: Readonly<Record<string, string>> = {}) {
  const all = text === null ? files : { 'agentops.config.yaml': text, ...files };
  const { folder } = await testProject(all);
  return { folder, ...(await loadConfig(folder, { reporters })) };
}

/** Faults of a text as lines. */
async function faultsOf(text: string, files?: Readonly<Record<string, string>>) {
  const { config, faults } = await load(text, files);
  expect(config === null).toBe(faults.some(({ severity }) => severity === 'error'));
  return lines(faults);
}

const FULL = `
eval:
  concurrency: 8
  trials: 3
  seed: 7
  reporter: [terminal, junit=reports/junit.xml, json=-]
  out: ./runs
  bail: true
  judge: off
  max_cost_usd: 2.50
  max_seconds: 600
models:
  gpt-*: { base_url: https://api.openai.com/v1, key_env: OPENAI_API_KEY }
  claude-*: { base_url: https://api.anthropic.com, key_env: ANTHROPIC_API_KEY, api: anthropic }
  "*":
    base_url: http://localhost:11434/v1
    headers: { x-team: { env: TEAM } }
    concurrency: 50
    requests_per_minute: 0.5
    timeout_seconds: 3600
prices:
  as_of: 2026-07-01
  usd_per_million_tokens:
    llama: { input: 0.10, cached_input: 0, output: 0.20 }
`;

describe('loadConfig() reads', () => {
  test('every key, with paths below the project', async () => {
    const { folder, config, file, faults } = await load(FULL);
    expect(lines(faults)).toEqual([]);
    expect(file).toBe(path.join(folder, 'agentops.config.yaml'));
    expect(config).toEqual({
      eval: {
        concurrency: 8,
        trials: 3,
        seed: 7,
        reporter: ['terminal', `junit=${path.join(folder, 'reports/junit.xml')}`, 'json=-'],
        out: path.join(folder, 'runs'),
        bail: true,
        judge: 'off',
        max_cost_usd: 2.5,
        max_seconds: 600,
      },
      models: {
        'gpt-*': { base_url: 'https://api.openai.com/v1', key_env: 'OPENAI_API_KEY' },
        'claude-*': {
          base_url: 'https://api.anthropic.com',
          key_env: 'ANTHROPIC_API_KEY',
          api: 'anthropic',
        },
        '*': {
          base_url: 'http://localhost:11434/v1',
          headers: { 'x-team': { env: 'TEAM' } },
          concurrency: 50,
          requests_per_minute: 0.5,
          timeout_seconds: 3600,
        },
      },
      prices: {
        as_of: '2026-07-01',
        usd_per_million_tokens: { llama: { input: 0.1, cached_input: 0, output: 0.2 } },
      },
    });
  });

  test.each([null, '# nothing yet\n\n# eval:\n', 'eval: {}\n'])(
    'defaults from %j',
    async (text) => {
      const { config, faults } = await load(text);
      expect(faults).toEqual([]);
      expect(config).toEqual({ eval: {}, models: null, prices: null });
    },
  );

  test('prices from a file', async () => {
    const { config, faults } = await load('prices: ./our/prices.yaml\n', {
      'our/prices.yaml': 'usd_per_million_tokens: { m: { input: 1, output: 2 } }\n',
    });
    expect(faults).toEqual([]);
    expect(config?.prices?.usd_per_million_tokens).toEqual({ m: { input: 1, output: 2 } });
  });
});

describe('loadConfig() says what is wrong with', () => {
  test.each<[string, string]>([
    ['evla: {}\n', '1:1 evla: Unknown key "evla", did you mean "eval"?'],
    [
      'eval: { concurency: 4 }\n',
      '1:9 eval.concurency: Unknown key "concurency", did you mean "concurrency"?',
    ],
    ['eval: { seed: 1.5 }\n', '1:15 eval.seed: Expected a whole number, got 1.5'],
    ['eval: { concurrency: 0 }\n', '1:22 eval.concurrency: Expected a number above 0, got 0'],
    ['eval: { bail: yes }\n', '1:15 eval.bail: Expected true or false, got "yes"'],
    ['eval: { reporter: junit }\n', '1:19 eval.reporter: Expected a list, got "junit"'],
    [
      'eval: { reporter: [junti=x.xml] }\n',
      '1:20 eval.reporter.0: There is no reporter "junti", did you mean "junit"?',
    ],
    [
      'eval: { reporter: [html] }\n',
      '1:20 eval.reporter.0: There is no reporter "html", expected one of terminal, json, junit',
    ],
    ['eval: { reporter: [json=] }\n', '1:20 eval.reporter.0: Expected a path after "="'],
    ['models: {}\n', '1:9 models: Expected at least one model, or no "models"'],
    [
      'models: { m: { key_env: K } }\n',
      '1:14 models.m.base_url: "base_url" is missing, expected text',
    ],
    [
      'models: { "a*b*": { base_url: https://h/v1 } }\n',
      '1:11 models.a*b*: Expected the name of a model with one * at most',
    ],
    [
      'models: { m: { base_url: https://h/v1, api: opneai } }\n',
      '1:45 models.m.api: Expected openai or anthropic, got "opneai", did you mean "openai"?',
    ],
    [
      'models: { m: { base_url: https://h/v1, concurrency: 1001 } }\n',
      '1:53 models.m.concurrency: Expected a number of at most 1000, got 1001',
    ],
    [
      'models: { m: { base_url: https://h/v1, concurrency: 0 } }\n',
      '1:53 models.m.concurrency: Expected a number of at least 1, got 0',
    ],
    [
      'models: { m: { base_url: https://h/v1, requests_per_minute: 0 } }\n',
      '1:61 models.m.requests_per_minute: Expected a number above 0, got 0',
    ],
    [
      'models: { m: { base_url: https://h/v1, timeout_seconds: 3601 } }\n',
      '1:57 models.m.timeout_seconds: Expected a number of at most 3600, got 3601',
    ],
    [
      'models: { m: { base_url: api.openai.com } }\n',
      '1:26 models.m.base_url: Expected an address such as https://api.openai.com/v1',
    ],
    [
      'models: { m: { base_url: ftp://h } }\n',
      '1:26 models.m.base_url: Expected an address that begins with https:// or http://',
    ],
    [
      'models: { m: { base_url: https://h/v1/chat/completions } }\n',
      '1:26 models.m.base_url: Expected the address before the name of the endpoint, such as one that ends in /v1',
    ],
    [
      'models: { m: { base_url: "https://h/v1?x=1" } }\n',
      '1:26 models.m.base_url: Expected an address that ends with its path, without "?" or "#"',
    ],
    [
      'models: { m: { base_url: http://h/v1, key_env: K } }\n',
      '1:26 models.m.base_url: warning: The key goes there unencrypted, expected https://',
    ],
    [
      'models: { m: { base_url: https://h/v1 }, m: { base_url: https://h/v1 } }\n',
      '1:42 models.m: Key "m" is written twice, first on line 1',
    ],
    ['prices: prices.yaml\n', '1:9 prices: Expected a path that begins with ./ or ../'],
    ['prices: ./none.yaml\n', '1:9 prices: There is no file "./none.yaml"'],
    [
      'prices: { usd_per_million_tokens: { m: { input: 1 } } }\n',
      '1:40 prices.usd_per_million_tokens.m.output: "output" is missing, expected a number',
    ],
    [
      'prices: { usd_per_million_tokens: { m: { input: -1, output: 1 } } }\n',
      '1:49 prices.usd_per_million_tokens.m.input: Expected a number of at least 0, got -1',
    ],
    [
      'prices: { as_of: yesterday, usd_per_million_tokens: { m: { input: 1, output: 1 } } }\n',
      '1:18 prices.as_of: Expected a day such as 2026-07-01',
    ],
    [
      'eval: [\n',
      '1:8 : Not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['- eval\n', '1:1 : Expected a map, got ["eval"]'],
  ])('%s', async (text, fault) => {
    expect(await faultsOf(text)).toEqual([fault]);
  });

  test('a file of prices, at its place there', async () => {
    const { faults, config } = await load('prices: ./p.yaml\n', {
      'p.yaml': 'usd_per_million_tokens:\n  m: { inptu: 1, output: 2 }\n',
    });
    expect(config).toBe(null);
    expect(faults.map(({ file }) => path.basename(file))).toEqual(['p.yaml']);
    expect(lines(faults)).toEqual([
      '2:8 usd_per_million_tokens.m.inptu: Unknown key "inptu", did you mean "input"?',
    ]);
  });

  test('a file of prices outside of the project', async () => {
    const [fault] = await faultsOf('prices: ../p.yaml\n');
    expect(fault).toMatch(/^1:9 prices: "..\/p.yaml" lies outside of the project/);
  });

  test('a name of the file that is not read', async () => {
    const { faults, config } = await load(null, { 'agentops.config.yml': 'eval: {}\n' });
    expect(config).toBe(null);
    expect(lines(faults)).toEqual([
      '1:1 : The settings of a project stand in agentops.config.yaml, and agentops.config.yml is not read; rename it',
    ]);
  });

  test('a value, with the lines around it', async () => {
    const { faults } = await load('eval:\n  seed: x\n');
    expect(faults[0]?.frame).toBe('eval:\n  seed: x\n        ^');
  });
});

describe('loadConfig() never shows a key that was written into the file', () => {
  test.each<[string, string]>([
    [`key: ${SECRET}`, '4:5 models.m.key: A key never stands in this file'],
    [`api_key: ${SECRET}`, '4:5 models.m.api_key: A key never stands in this file'],
    [`apiKey: ${SECRET}`, '4:5 models.m.apiKey: A key never stands in this file'],
    [`token: ${SECRET}`, '4:5 models.m.token: A key never stands in this file'],
    [`key_env: ${SECRET}`, '4:14 models.m.key_env: Expected the name of an environment variable'],
    [`headers: { a: ${SECRET} }`, '4:19 models.m.headers.a: Expected { env: NAME }'],
    [`headers: { a: { env: ${SECRET} } }`, '4:26 models.m.headers.a.env: Expected the name of'],
  ])('under %s', async (line, words) => {
    const text = `models:\n  m:\n    base_url: https://h/v1\n    ${line}\n    apo: openai\n`;
    const { faults, config } = await load(text);
    expect(config).toBe(null);
    expect(lines(faults)[0]).toContain(words);
    expect(lines(faults)[1]).toContain('5:5 models.m.apo: Unknown key "apo", did you mean "api"?');
    expect(faults).toHaveLength(2);
    expect(JSON.stringify(faults)).not.toContain(SECRET);
  });
});

test('loadConfig() shows no password of an address', async () => {
  const { faults } = await load(
    `models:\n  m:\n    base_url: https://me:${SECRET}@h/v1\n    x: 1\n`,
  );
  expect(lines(faults)).toEqual([
    '3:15 models.m.base_url: Expected an address without a user or a password: a key is named with key_env',
    expect.stringContaining('4:5 models.m.x: Unknown key "x"'),
  ]);
  expect(JSON.stringify(faults)).not.toContain(SECRET);
});

describe('configJsonSchema()', () => {
  test('holds for what is read, and not for a misspelt key or a number that is none', () => {
    const validate = new Ajv2020({ strict: false }).compile(configJsonSchema());
    expect(validate(parse(FULL))).toBe(true);
    expect(validate({ evla: {} })).toBe(false);
    expect(validate({ eval: { seed: 'x' } })).toBe(false);
    expect(validate({ models: { m: {} } })).toBe(false);
  });
});

describe('the prices of the package', () => {
  test('load without a fault and are dated', async () => {
    const { prices, faults } = await loadPrices(
      path.resolve(import.meta.dirname, '../../prices.yaml'),
    );
    expect(lines(faults)).toEqual([]);
    expect(prices?.as_of).toMatch(/^2026-/);
    const models = Object.entries(prices?.usd_per_million_tokens ?? {});
    expect(models.length).toBeGreaterThanOrEqual(25);
    for (const [, { input, cached_input = 0, output }] of models) {
      expect(cached_input).toBeLessThanOrEqual(input);
      expect(input).toBeLessThanOrEqual(output);
    }
  });
});
