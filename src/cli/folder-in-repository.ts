import path from 'node:path';
import { workingRoot } from './working-root.ts';

/** Where a project lies in the repository that a GitHub workflow checked out, so that its files are found there; nothing elsewhere, and where it is the repository. The project is that of the working folder unless a root is given. */
export async function folderInRepository(
  { GITHUB_WORKSPACE: repository }: Readonly<Record<string, string | undefined>>,
  root?: string,
): Promise<{ folder?: string }> {
  if (!repository) return {};
  const folder = path.relative(path.resolve(repository), root ?? (await workingRoot()));
  const isInside = folder !== '' && !folder.startsWith('..') && !path.isAbsolute(folder);
  return isInside ? { folder: folder.split(path.sep).join('/') } : {};
}
