import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this project. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The program as users start it. */
export const program = path.join(root, 'bin/agentops.js');

/** Throws where the bundle that the program starts is not there, or older than the code. */
export function requireFreshBuild(): void {
  const bundle = path.join(root, 'dist/cli.js');
  const mend = 'run "npm run build" first';
  if (!existsSync(bundle)) throw new Error(`Cannot test the command line: no dist/cli.js, ${mend}`);
  const built = statSync(bundle).mtimeMs;
  const newer = sourceFiles().find((file) => statSync(file).mtimeMs > built);
  if (newer === undefined) return;
  const name = path.relative(root, newer);
  throw new Error(`Cannot test the command line: dist/cli.js is older than ${name}, ${mend}`);
}

function sourceFiles(): string[] {
  return ['src', 'html-app']
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true }),
    )
    .filter((entry) => entry.isFile() && /(?<!\.test|\.test-support)\.(tsx?|css)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
