// Reads the ready-made rubrics, which the build and the test runner put into the program.
import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';

const folder = new URL('../rubrics/', import.meta.url);

/** The files of `rubrics/` by the name of the rubric, as JSON. */
export async function readRubrics() {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.rubric.yaml')).sort();
  const rubrics = await Promise.all(
    names.map(async (name) => {
      const rubric = parse(await readFile(new URL(name, folder), 'utf8'));
      return [name.replace('.rubric.yaml', ''), rubric];
    }),
  );
  return JSON.stringify(Object.fromEntries(rubrics));
}
