import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { functionLoader } from './load-function.ts';

test('functionLoader() takes absolute paths, also through folders with a # in their name', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'load-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(path.join(folder, 'a#b'));
  const file = path.join(folder, 'a#b/m.ts');
  await writeFile(file, 'export const named = () => 1;\nexport default () => 2;\n');
  const load = functionLoader('/elsewhere');
  const [named, whole] = [await load(`${file}#named`), await load(file)];
  expect([named(), whole()]).toEqual([1, 2]);
  await expect(load(`${file}#other`)).rejects.toThrow('no function other');
});
