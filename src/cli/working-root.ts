import path from 'node:path';
import { projectRoot } from '../suite/project-root.ts';

/** Root of the project around the working folder. */
export function workingRoot(): Promise<string> {
  return projectRoot(path.join(process.cwd(), 'agentops'));
}
