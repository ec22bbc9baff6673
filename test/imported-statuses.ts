import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import type { SideFiles } from '../src/formats/format.ts';
import { importFiles } from '../src/formats/import-files.ts';
import { writeSuite } from '../src/formats/write-suite.ts';
import { loadSuite, runSuite } from '../src/run/library.ts';

export type Statuses = ReadonlyMap<string, string>;

/** Imports results in a folder and judges them by the suite that was made of them: the status of each task. */
export async function statusesOf(
  folder: string,
  results: string,
  side: SideFiles,
): Promise<Statuses> {
  const file = path.join(await mkdtemp(path.join(folder, 'run-')), 'imported.suite.yaml');
  const onFault = (fault: unknown) => expect.fail(JSON.stringify(fault));
  await writeSuite(importFiles([results]), { file, side, onFault });
  const run = await runSuite(await loadSuite(file), { base: path.join(folder, 'runs') });
  const statuses = new Map<string, string>();
  for await (const { task, status } of run.trials()) statuses.set(String(task), status);
  return statuses;
}
