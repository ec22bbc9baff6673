import { stat } from 'node:fs/promises';
import path from 'node:path';

/** Where a suite of a stored run lies in this project (absolute), null where it does not. A suite in a project without a mark was its own root: it is looked for under `suites/`, too. Never outside of the root: a foreign run may name any file. */
export async function plannedSuiteFile(root: string, named: string): Promise<string | null> {
  for (const folder of [root, path.join(root, 'suites')]) {
    const file = path.resolve(folder, named);
    if (file.startsWith(root + path.sep) && (await isFile(file))) return file;
  }
  return null;
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
