import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireFreshBuild, root } from './built-cli.ts';
import { withPictures } from './readme-picture.ts';
import { replayTranscript } from './transcript.ts';

const folder = path.join(root, 'test/golden');
const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
const isUpdate = Boolean(process.env['UPDATE_GOLDEN']);

describe('agentops', () => {
  beforeAll(requireFreshBuild);
  afterAll(() => {
    const readme = path.join(root, 'README.md');
    if (isUpdate) writeFileSync(readme, withPictures(readFileSync(readme, 'utf8')));
  });

  it.concurrent.each(names)('answers as in %s', { timeout: 60_000 }, async (name) => {
    const file = path.join(folder, name);
    const wanted = readFileSync(file, 'utf8');
    const found = await replayTranscript(wanted);
    expect(found, 'a transcript needs commands').toContain('Exit code: ');
    if (isUpdate) writeFileSync(file, found);
    else expect(found).toBe(wanted);
  });
});
