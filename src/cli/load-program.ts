import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';

/** The program, and how to keep what was compiled of it for the next start. */
export interface LoadedProgram<Exports> {
  readonly exports: Exports;
  keep(): void;
}

/**
 * Loads a bundled CommonJS module together with what V8 compiled of it at an earlier start, which is kept in the folder
 * `cache` beside it. Without it, or where it does not fit this V8, the module is compiled as usual.
 */
export function loadProgram<Exports>(file: string, use: string): LoadedProgram<Exports> {
  const name = `${path.basename(file, '.cjs')}-${use}-${process.version}-${process.arch}.bin`;
  const cacheFile = path.join(path.dirname(file), 'cache', name);
  const cachedData = readIfThere(cacheFile);
  const script = new Script(wrapped(readFileSync(file, 'utf8')), {
    filename: file,
    ...(cachedData && { cachedData }),
  });
  const module = { exports: {} };
  const importModule = (specifier: string) => import(specifier);
  script.runInThisContext()(
    module.exports,
    createRequire(file),
    module,
    path.dirname(file),
    importModule,
  );
  return {
    exports: module.exports as Exports, // what the bundle exports
    keep: () => {
      if (cachedData === undefined) writeIfPossible(cacheFile, script.createCachedData());
    },
  };
}

/** On one line, so that places in stack traces stay right. */
function wrapped(code: string): string {
  return `(function (exports, require, module, __dirname, __agentopsImport) { ${code}\n})`;
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** A package in a folder that nobody may write to starts a little slower, and no worse. */
function writeIfPossible(file: string, data: Buffer): void {
  const fresh = `${file}.${process.pid}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(fresh, data, { flag: 'wx' });
    renameSync(fresh, file);
  } catch {
    // Nothing is lost
  }
}
