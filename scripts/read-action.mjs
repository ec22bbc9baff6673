// Reads the GitHub Action and the workflows that `init` writes, which the build and the test runner put into the program.
import { readFile } from 'node:fs/promises';

const root = new URL('../', import.meta.url);

/** The files by the name that `init` knows them by, as JSON. */
export async function readAction() {
  const files = {
    action: 'action.yml',
    github: 'action/templates/github.yml',
    comment: 'action/templates/github-comment.yml',
    gitlab: 'action/templates/gitlab.yml',
  };
  const texts = await Promise.all(
    Object.entries(files).map(async ([name, file]) => [
      name,
      await readFile(new URL(file, root), 'utf8'),
    ]),
  );
  return JSON.stringify(Object.fromEntries(texts));
}
