import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireFreshBuild } from './built-cli.ts';
import { blocksOf } from './markdown.ts';
import { runAgentops } from './run-agentops.ts';
import { emptyFolder, remove } from './temporary-project.ts';

const PAGE = 'docs/agents.md';
const LONGEST = 10;

/** Where the agents of the page are written to, by the language of their block. */
const PLACES = { python: 'agent.py', mjs: 'agent.mjs', sh: 'agent.sh' } as const;

let folder = '';

describe('the agents of docs/agents.md', () => {
  beforeAll(() => {
    requireFreshBuild();
    folder = emptyFolder();
    mkdirSync(path.join(folder, 'suites'));
    for (const [language, file] of Object.entries(PLACES)) {
      writeFileSync(path.join(folder, 'suites', file), onlyBlock(language));
    }
    const suite = blocksOf(PAGE, 'yaml').find(({ text }) => text.startsWith('suite: three'));
    writeFileSync(path.join(folder, 'suites/three.suite.yaml'), suite?.text ?? '');
  });
  afterAll(() => remove(folder));

  it.each(Object.keys(PLACES))('have no more than ten lines of %s', (language) => {
    const lines = onlyBlock(language).trim().split('\n');
    expect(lines.filter((line) => line !== '').length).toBeLessThanOrEqual(LONGEST);
  });

  it('pass the suite beside them', { timeout: 60_000 }, async () => {
    // Not every machine has Python; its agent runs where it is there
    const agents = ['node', 'shell', ...(hasPython() ? ['python'] : [])];
    const chosen = agents.flatMap((agent) => ['--agent', agent]);
    const ended = await runAgentops(['eval', ...chosen], folder);
    expect(`${ended.stdout}${ended.stderr}`).toContain(`${agents.length} passed, 0 failed`);
    expect(ended.code).toBe(0);
  });
});

function onlyBlock(language: string): string {
  const [block, ...others] = blocksOf(PAGE, language);
  if (!block || others.length > 0) throw new Error(`Expected one block of ${language} in ${PAGE}`);
  return block.text;
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', ''], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
