// Bundles the command line and the public API into dist/, and writes the types of the public API.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');
const noticesFile = path.join(dist, 'third-party-notices.txt');
const entries = { cli: 'src/cli/main.ts', index: 'src/index.ts' };

/** Bundled CommonJS packages call `require` for built-in modules, which an ES module does not have. */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** @typedef {Pick<Awaited<ReturnType<typeof bundle>>, 'metafile' | 'outputFiles'>} Bundle */

async function bundle() {
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  return build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(
      Object.entries(entries).filter(([, file]) => existsSync(path.join(root, file))),
    ),
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: ['jiti'],
    define: { __AGENTOPS_VERSION__: JSON.stringify(version) },
    // Identifiers stay whole, so that names in stack traces are those of the source
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 160, // an uncaught error prints its line
    legalComments: 'external',
    banner: { js: requireBanner },
    metafile: true,
    write: false,
  });
}

/**
 * The folders of the packages whose code is part of the bundle.
 * @param {import('esbuild').Metafile} metafile
 */
function bundledPackages(metafile) {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  const folders = inputs.flatMap(
    (input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? [],
  );
  return [...new Set(folders)].sort();
}

/** @param {string} folder */
async function licenceOf(folder) {
  const files = await readdir(path.join(root, folder));
  const file = files.find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined) throw new Error(`Cannot bundle "${folder}": it has no licence file`);
  const text = await readFile(path.join(root, folder, file), 'utf8');
  return `${folder.replace(/^.*node_modules\//, '')}\n\n${text.trim()}\n`;
}

/**
 * Collects the licences of the bundled packages and the legal comments in their code.
 * @param {Bundle} bundle
 */
async function notices({ metafile, outputFiles }) {
  const licences = await Promise.all(bundledPackages(metafile).map(licenceOf));
  const comments = outputFiles.filter(isLegal).map(({ text }) => text);
  return [...licences, ...new Set(comments)].join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {{ path: string }} file */
const isLegal = ({ path: file }) => file.endsWith('.LEGAL.txt');

/**
 * Writes the new files before it removes stale ones: a program that runs meanwhile finds its chunks.
 * @param {Bundle} bundle
 */
async function writeBundle({ metafile, outputFiles }) {
  const files = outputFiles.filter((file) => !isLegal(file));
  await mkdir(path.join(dist, 'chunks'), { recursive: true });
  await Promise.all(files.map((file) => writeFile(file.path, file.contents)));
  await writeFile(noticesFile, await notices({ metafile, outputFiles }));
  const fresh = new Set([noticesFile, ...files.map((file) => file.path)]);
  const present = await readdir(dist, { recursive: true, withFileTypes: true });
  const stale = present
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !fresh.has(file));
  await Promise.all(stale.map((file) => rm(file)));
}

function writeTypes() {
  if (!existsSync(path.join(root, entries.index))) return;
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const options = ['-p', 'tsconfig.build.json', '--emitDeclarationOnly'];
  execFileSync(process.execPath, [compiler, ...options], { cwd: root, stdio: 'inherit' });
}

await writeBundle(await bundle());
writeTypes();
