// Imports and judges trajectories that others have judged, and tells how far the verdicts agree:
//   npm run corpora -- DIR [--json FILE]
// Exits 1 where agreement, or a published figure, falls short of what is asked for; 2 where nothing was found.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { causesIn } from './corpora/causes.mjs';
import { corpora } from './corpora/corpora.mjs';
import { checksOf, jsonOf, textOf } from './corpora/report.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' } },
});
const [directory] = positionals;
if (directory === undefined || positionals.length > 1) {
  console.error('Usage: npm run corpora -- DIR [--json FILE]');
  process.exit(2);
}

const causes = causesIn(readFileSync(new URL('../docs/corpora.md', import.meta.url), 'utf8'));
const work = mkdtempSync(path.join(tmpdir(), 'agentops-corpora-'));
/** @type {import('./corpora/report.mjs').Judged[]} */
const judged = [];
/** Corpora that could not be gone through to their end. */
/** @type {string[]} */
const broken = [];
try {
  for (const corpus of corpora) {
    const folder = folderOf(directory, corpus.folder);
    if (folder === null) continue;
    try {
      for (const result of corpus.results(folder, path.join(work, corpus.folder))) {
        if (result.answers.length > 0 || result.faults) {
          judged.push({ corpus: corpus.folder, ...result });
        }
        process.stderr.write('.');
      }
    } catch (thrown) {
      broken.push(`${corpus.folder}: ${thrown instanceof Error ? thrown.message : thrown}`);
    }
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
process.stderr.write('\n');

if (judged.length === 0 && broken.length === 0) {
  console.error(
    `Cannot compare verdicts: ${directory} holds none of ${corpora.map(({ folder }) => folder).join(', ')}`,
  );
  process.exit(2);
}
const checks = checksOf(judged, causes);
console.log(textOf(judged, checks, causes));
for (const words of broken) console.error(`Cannot compare all verdicts of ${words}`);
if (values.json !== undefined) {
  writeFileSync(
    values.json,
    `${JSON.stringify({ ...jsonOf(judged, checks, causes), broken }, null, 2)}\n`,
  );
}
process.exit(broken.length === 0 && checks.every(({ holds }) => holds) ? 0 : 1);

/**
 * The folder of a corpus: in the given one, or that one itself.
 * @param {string} given
 * @param {string} name
 */
function folderOf(given, name) {
  const inside = path.resolve(given, name);
  if (existsSync(inside)) return inside;
  const whole = path.resolve(given);
  return path.basename(whole) === name && existsSync(whole) ? whole : null;
}
