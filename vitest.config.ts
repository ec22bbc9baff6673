import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { parse } from 'yaml';
import { readAction } from './scripts/read-action.mjs';
import { readRubrics } from './scripts/read-rubrics.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const prices = readFileSync(new URL('prices.yaml', import.meta.url), 'utf8');
const resultFile = process.env['TEST_RESULT_FILE'];

export default defineConfig({
  define: {
    __AGENTOPS_VERSION__: JSON.stringify(version),
    __AGENTOPS_IMPORT__: 'undefined',
    __AGENTOPS_DIST__: JSON.stringify(fileURLToPath(new URL('dist', import.meta.url))),
    __AGENTOPS_PRICES__: JSON.stringify(parse(prices)),
    __AGENTOPS_ACTION__: JSON.stringify(await readAction()),
    __AGENTOPS_RUBRICS__: JSON.stringify(await readRubrics()),
  },
  test: {
    include: ['src/**/*.test.ts', 'html-app/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['scripts/no-network.mjs', 'scripts/fixed-seed.mjs'],
    // A thread for each file would cost 0.4 s a file: tests leave no global state behind
    pool: 'threads',
    // Many wait for processes: more of them than processors
    maxWorkers: Math.max(3, availableParallelism()),
    testTimeout: 20_000,
    isolate: false,
    reporters: [process.env['CI'] ? 'dot' : 'default', ...(resultFile ? ['json'] : [])],
    outputFile: { ...(resultFile && { json: resultFile }) },
  },
});
