import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInTurn } from './measure.mjs';
import { atMost, peakOf, rowOf, timesAsLong } from './rows.mjs';
import { writeRun } from './write-run.mjs';

const parseLines = fileURLToPath(new URL('children/parse-lines.mjs', import.meta.url));

const shapes = [
  { name: '100 tasks × 1,000', tasks: 100, trials: 1000 },
  { name: '100,000 tasks × 1', tasks: 100_000, trials: 1 },
];

/**
 * Two runs of 100,000 trials each, as few tasks and as many.
 * @type {import('./bench.mjs').Group}
 */
export function diff(bench) {
  return shapes.flatMap(({ name, ...shape }) => {
    const folders = [1, 2].map((seed) => path.join(bench.scratch, `diff-${shape.tasks}-${seed}`));
    for (const [at, folder] of folders.entries()) {
      writeRun(folder, { ...shape, seed: at + 1, chance: 0.6 - at / 100 });
    }
    const own = { name: 'diff', args: [bench.cli, 'diff', ...folders] };
    const files = folders.map((folder) => path.join(folder, 'trials.jsonl'));
    const floor = { name: 'JSON.parse', args: [parseLines, ...files] };
    const options = { rounds: Math.min(3, bench.rounds), scratch: bench.scratch };
    const [runs = [], floors = []] = runInTurn([own, floor], options);
    for (const folder of folders) rmSync(folder, { recursive: true });
    return [
      rowOf(`diff of two runs of ${name}`, runs, [
        atMost('× reading and JSON.parse', timesAsLong(runs, floors), 3),
        atMost('MiB', peakOf(runs), 300),
      ]),
      rowOf(`JSON.parse of ${name}, twice`, floors),
    ];
  });
}
