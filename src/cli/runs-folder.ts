import path from 'node:path';
import { workingRoot } from './working-root.ts';

/** The folder that keeps the runs: the one that was named, else `.agentops` of the project around the working folder. */
export async function runsFolder(out?: string): Promise<string> {
  if (out !== undefined) return path.resolve(out);
  const root = await workingRoot();
  return path.join(root, '.agentops');
}
