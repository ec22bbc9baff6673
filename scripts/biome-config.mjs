// Writes biome.json from the list of floors below; `--check` only compares and fails on a difference.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pageOverride } from './biome-page.mjs';

/**
 * The folders of `src/` from the lowest floor up. A folder imports only the floors beneath its own,
 * and folders on one floor never import each other.
 */
const floors = [
  ['model'],
  ['json', 'io'],
  ['match'], // matchers compare canonical JSON and its digests, so `json` lies beneath `match`
  ['suite', 'tools', 'formats', 'llm', 'stats', 'store', 'safety'],
  ['live', 'panel'], // a trial while it runs: what endpoints and drivers record into; LLM judges
  ['serve', 'calibration'],
  ['agents', 'judges', 'gate', 'diff'],
  ['run', 'report'],
  ['cli'],
];

const sourceFolder = new URL('../src/', import.meta.url);
const configFile = new URL('../biome.json', import.meta.url);

/** The packages and built-in modules that only some folders may import. */
const restrictedModules = [
  { modules: ['commander'], allowed: ['cli'], why: 'Only src/cli imports commander' },
  { modules: ['openai'], allowed: ['llm'], why: 'Only src/llm imports openai' },
  {
    modules: ['@modelcontextprotocol/server'],
    allowed: ['serve'],
    why: 'Only src/serve imports the MCP server',
  },
  {
    modules: ['node:process', 'process', 'node:console', 'console'],
    allowed: ['cli'],
    why: 'Only src/cli touches the process and the console',
  },
  {
    modules: ['node:child_process', 'child_process'],
    allowed: ['agents', 'serve', 'cli'], // the command line asks git for the commit
    why: 'Only src/agents and src/serve spawn processes, and src/cli asks git',
  },
  {
    modules: ['http', 'https', 'http2', 'net', 'tls', 'dgram'].flatMap((name) => [
      `node:${name}`,
      name,
    ]),
    allowed: ['agents', 'serve'],
    why: 'Only src/agents and src/serve open connections',
  },
];

/** The name `z` is one object with every locale in it, which costs each start about 30 ms. */
const namespaceOnly = { importNames: ['z', 'default'], message: "Write import * as z from 'zod'" };

/** The globals that only some folders may touch, under their bare name or through `globalThis`. */
const restrictedGlobals = [
  { names: ['process'], allowed: ['cli'], why: 'Only src/cli touches process' },
  { names: ['console'], allowed: ['cli'], why: 'Return text; src/cli prints it' },
  {
    names: ['fetch', 'WebSocket', 'EventSource'],
    allowed: ['agents', 'serve'],
    why: 'Only src/agents and src/serve open connections',
  },
  { names: ['global'], allowed: [], why: 'Write globalThis' },
];

/** The files that may stand beside the folders; each has an override of its own. */
const rootFiles = ['errors.ts', 'index.ts'];

const placed = floors.flatMap((folders, floor) => folders.map((folder) => ({ folder, floor })));

/**
 * The import patterns that reach the given folders from anywhere in `src/`.
 * @param {string[]} folders
 */
const reaching = (folders) => folders.map((folder) => `**/${folder}/**`);

/**
 * The entries that do not allow the owner, a folder or root file.
 * @template {{ allowed: string[] }} Entry
 * @param {string} owner
 * @param {Entry[]} entries
 */
const deniedTo = (owner, entries) => entries.filter(({ allowed }) => !allowed.includes(owner));

/**
 * The rules of one folder or root file, which replace those of any earlier override.
 * @param {string} owner
 * @param {{ group: string[], message: string }[]} patterns
 */
function restrictions(owner, patterns) {
  const paths = deniedTo(owner, restrictedModules).flatMap(({ modules, why }) =>
    modules.map((name) => [name, why]),
  );
  const globals = deniedTo(owner, restrictedGlobals).flatMap(({ names, why }) =>
    names.map((name) => [name, why]),
  );
  const options = {
    imports: { paths: { ...Object.fromEntries(paths), zod: namespaceOnly }, patterns },
    globals: { deniedGlobals: Object.fromEntries(globals) },
    properties: {
      entries: globals.map(([property, message]) => ({ object: 'globalThis', property, message })),
    },
  };
  return {
    style: {
      noRestrictedImports: { level: 'error', options: options.imports },
      noRestrictedGlobals: { level: 'error', options: options.globals },
    },
    nursery: { noJsRestrictedProperties: { level: 'error', options: options.properties } },
  };
}

/** @param {{ folder: string, floor: number }} place */
function folderOverride({ folder, floor }) {
  const denied = placed
    .filter((other) => other.folder !== folder && other.floor >= floor)
    .map((other) => other.folder);
  const patterns = [
    {
      group: [...reaching(denied), '../index.ts', '../../index.ts'],
      message: `src/${folder} imports only the floors beneath it`,
    },
  ];
  if (folder === 'model') {
    patterns.push({
      group: ['**', '!zod', '!zod/**', '!./**', '!../errors.ts'],
      message: 'src/model imports only zod and errors',
    });
  }
  return {
    includes: [`src/${folder}/**`],
    linter: { rules: restrictions(folder, patterns) },
  };
}

const rootOverrides = [
  {
    includes: ['src/errors.ts'],
    linter: {
      rules: restrictions('errors', [
        { group: ['./**'], message: 'src/errors.ts lies on the lowest floor' },
      ]),
    },
  },
  {
    includes: ['src/index.ts'],
    linter: {
      rules: restrictions('index', [
        {
          group: reaching(['cli']),
          message: 'The public API does not reach into the command line',
        },
      ]),
    },
  },
];

const testOverride = {
  includes: ['**/*.test.ts'],
  linter: {
    rules: {
      style: {
        noExcessiveLinesPerFile: 'off',
        noRestrictedImports: 'off',
        noRestrictedGlobals: 'off',
        noNonNullAssertion: 'off',
      },
      complexity: { noExcessiveLinesPerFunction: 'off' },
      nursery: { noJsRestrictedProperties: 'off' },
      suspicious: { noFocusedTests: 'error', noSkippedTests: 'error' },
    },
  },
};

const config = {
  $schema: './node_modules/@biomejs/biome/configuration_schema.json',
  files: {
    // Code, and the settings in the top folder: data stays byte for byte, YAML and Markdown are set by hand
    includes: [
      '**/*.ts',
      '**/*.tsx',
      '**/*.css',
      '**/*.js',
      '**/*.mjs',
      '**/*.grit',
      '*.json',
      '!**/node_modules',
      '!dist',
    ],
  },
  formatter: { indentStyle: 'space', indentWidth: 2, lineWidth: 100 },
  plugins: [{ path: './scripts/no-import-types.grit', includes: ['src/**'] }],
  javascript: { formatter: { quoteStyle: 'single' } },
  linter: {
    rules: {
      preset: 'recommended',
      complexity: {
        noExcessiveLinesPerFunction: { level: 'error', options: { maxLines: 50 } },
        useLiteralKeys: 'off', // contradicts noPropertyAccessFromIndexSignature of TypeScript
      },
      correctness: { useImportExtensions: 'error' },
      nursery: {
        noFloatingPromises: 'error',
        noMisusedPromises: 'error',
        useExhaustiveSwitchCases: 'error',
      },
      performance: { noReExportAll: 'error' },
      style: {
        noDefaultExport: 'error',
        noExcessiveLinesPerFile: { level: 'error', options: { maxLines: 250 } },
        noNonNullAssertion: 'error',
        useFilenamingConvention: { level: 'error', options: { filenameCases: ['kebab-case'] } },
      },
      suspicious: {
        noExplicitAny: 'error',
        noThenProperty: 'off', // `then` is a key of an expectation in a suite
        noImportCycles: { level: 'error', options: { ignoreTypes: false } },
      },
    },
  },
  overrides: [
    ...placed.map(folderOverride),
    ...rootOverrides,
    pageOverride,
    testOverride,
    { includes: ['biome.json'], formatter: { enabled: false } },
    {
      includes: ['*.config.ts'],
      linter: { rules: { style: { noDefaultExport: 'off' } } },
    },
  ],
};

function findUnplaced() {
  const known = new Set([...placed.map(({ folder }) => folder), ...rootFiles]);
  return readdirSync(sourceFolder)
    .filter((name) => !known.has(name) && !name.endsWith('.test.ts'))
    .map((name) => `src/${name} lies on no floor: place it in scripts/biome-config.mjs`);
}

const wanted = `${JSON.stringify(config, null, 2)}\n`;
const problems = findUnplaced();
if (!process.argv.includes('--check')) writeFileSync(configFile, wanted);
else if (readFileSync(configFile, 'utf8') !== wanted) {
  problems.push('biome.json differs from its source: run "npm run biome:config"');
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
