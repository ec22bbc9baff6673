import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** Words before a relative path that make it an import; comments are taken at their word, as one file too many does no harm. */
const IMPORT =
  /(?:\bfrom|\bimport|\brequire(?:\.resolve)?|\bnew\s+URL)\s*\(?\s*(['"`])(\.{1,2}\/[^'"`\n]+)\1/g;
const CODE = /\.[cm]?[jt]sx?$/;
const ENDINGS = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '.jsx', '.json'];

/** The most files that are followed, and the most bytes of one that are looked at. */
const MOST_FILES = 5000;
const MOST_BYTES = 1024 * 1024;

/** The files that some files import by relative paths, and those that these import; where a path leads nowhere, the files that it could mean. Installed packages and what lies outside of `root` are left out. */
export async function importedFiles(
  entries: Iterable<string>,
  root: string,
): Promise<ReadonlySet<string>> {
  const known = new Set(entries);
  const found = new Set<string>();
  const waiting = [...known];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const named of relativeImports(await textOf(next))) {
      for (const file of await filesMeant(path.resolve(path.dirname(next), named))) {
        if (known.has(file) || known.size >= MOST_FILES || !isOwn(file, root)) continue;
        known.add(file);
        found.add(file);
        waiting.push(file);
      }
    }
  }
  return found;
}

/** Relative paths that the text of a module imports, as written. */
export function relativeImports(text: string): string[] {
  return [...text.matchAll(IMPORT)].map(([, , named = '']) => named.replace(/[?#].*$/, ''));
}

/** The text of a file of code, nothing where there is none, or where it is larger than what people write. */
async function textOf(file: string): Promise<string> {
  if (!CODE.test(file)) return '';
  const found = await stat(file).catch(() => null);
  if (!found?.isFile() || found.size > MOST_BYTES) return '';
  return readFile(file, 'utf8').catch(() => '');
}

async function filesMeant(file: string): Promise<string[]> {
  const candidates = [
    file,
    // TypeScript lets `./a.js` mean a.ts
    ...(/\.[cm]?js$/.test(file) ? [file.replace(/js$/, 'ts')] : []),
    ...ENDINGS.map((ending) => file + ending),
    ...ENDINGS.slice(0, 6).map((ending) => path.join(file, `index${ending}`)),
  ];
  for (const candidate of candidates) if (await isFile(candidate)) return [candidate];
  return CODE.test(file) ? [file] : candidates.slice(0, 1 + ENDINGS.length);
}

async function isFile(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  return found?.isFile() === true;
}

function isOwn(file: string, root: string): boolean {
  const way = path.relative(root, file).split(path.sep);
  return way[0] !== '..' && !path.isAbsolute(way.join(path.sep)) && !way.includes('node_modules');
}
