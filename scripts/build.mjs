// Bundles the command line and the public API into dist/, and writes the types of the public API.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { readAction } from './read-action.mjs';
import { readRubrics } from './read-rubrics.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');
const noticesFile = path.join(dist, 'third-party-notices.txt');

/** Bundled CommonJS packages call `require` for built-in modules, which an ES module does not have. */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));

const prices = parse(await readFile(path.join(root, 'prices.yaml'), 'utf8'));
const constants = {
  __AGENTOPS_VERSION__: JSON.stringify(version),
  __AGENTOPS_PRICES__: JSON.stringify(prices),
  __AGENTOPS_ACTION__: JSON.stringify(await readAction()), // a text, read by init only
  __AGENTOPS_RUBRICS__: JSON.stringify(await readRubrics()), // a text, read by suites with judges only
};

/** @type {import('esbuild').BuildOptions & { metafile: true, write: false }} */
const shared = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['jiti', 'openai', '@modelcontextprotocol/server'], // loaded when a suite needs them
  // Identifiers stay whole, so that names in stack traces are those of the source
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 160, // an uncaught error prints its line
  legalComments: 'external',
  metafile: true,
  write: false,
};

/** The public API: ES modules that load each other when needed. */
function bundleLibrary() {
  return build({
    ...shared,
    entryPoints: { index: 'src/index.ts' },
    chunkNames: 'chunks/[name]-[hash]',
    splitting: true,
    format: 'esm',
    define: { ...constants, __AGENTOPS_IMPORT__: 'undefined', __AGENTOPS_DIST__: '""' }, // no reporters
    banner: { js: requireBanner },
  });
}

/** The command line: one script, so that V8's code cache can hold all of it; its name changes with its content, and the cache with it. */
function bundleProgram() {
  return build({
    ...shared,
    entryPoints: { program: 'src/cli/run-program.ts' },
    entryNames: '[name]-[hash]',
    format: 'cjs',
    define: {
      ...constants,
      __AGENTOPS_IMPORT__: '__agentopsImport',
      __AGENTOPS_DIST__: '__dirname',
    },
  });
}

/**
 * What `bin/agentops.js` starts.
 * @param {string} program file name of the bundled program
 */
function bundleStart(program) {
  return build({
    ...shared,
    entryPoints: { cli: 'src/cli/main.ts' },
    format: 'esm',
    define: {
      __AGENTOPS_VERSION__: JSON.stringify(version),
      __AGENTOPS_PROGRAM__: JSON.stringify(`./${program}`),
    },
  });
}

/** Script and style of the HTML report: two texts that are read when one is written. */
async function bundlePage() {
  const page = await build({
    ...shared,
    entryPoints: { 'html-report': 'html-app/main.tsx', 'html-style': 'html-app/app.css' },
    platform: 'browser',
    target: ['chrome111', 'firefox113', 'safari16.4'],
    external: [],
    alias: { 'node:crypto': './html-app/node-crypto.ts' },
    format: 'iife',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    minify: true,
    lineLimit: 0,
    charset: 'ascii',
  });
  for (const { path: file, text } of page.outputFiles) {
    // Either would end the element of the page that the text stands in
    if (/<!--|<\/(script|style)/i.test(text)) throw new Error(`Cannot put "${file}" in a page`);
  }
  return page;
}

/** @typedef {import('esbuild').BuildResult<typeof shared>} Bundle */

/** @returns {Promise<Bundle[]>} */
async function bundleAll() {
  const program = await bundleProgram();
  const script = program.outputFiles.find(({ path: file }) => file.endsWith('.js'));
  if (!script) throw new Error('Cannot bundle the command line: no script came out');
  script.path = script.path.replace(/\.js$/, '.cjs'); // the package is of ES modules
  const start = await bundleStart(path.basename(script.path));
  return [program, start, await bundleLibrary(), await bundlePage()];
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
  return folders;
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
 * @param {Bundle[]} bundles
 */
async function notices(bundles) {
  const packages = new Set(bundles.flatMap(({ metafile }) => bundledPackages(metafile)));
  const licences = await Promise.all([...packages].sort().map(licenceOf));
  const comments = bundles.flatMap(({ outputFiles }) =>
    outputFiles.filter(isLegal).map(({ text }) => text),
  );
  return [...licences, ...new Set(comments)].join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {{ path: string }} file */
const isLegal = ({ path: file }) => file.endsWith('.LEGAL.txt');

/**
 * Writes the new files before it removes stale ones: a program that runs meanwhile finds its chunks.
 * @param {Bundle[]} bundles
 */
async function writeBundles(bundles) {
  const files = bundles.flatMap(({ outputFiles }) => outputFiles.filter((file) => !isLegal(file)));
  await mkdir(path.join(dist, 'chunks'), { recursive: true });
  await Promise.all(files.map((file) => writeFile(file.path, file.contents)));
  await writeFile(noticesFile, await notices(bundles));
  const fresh = new Set([noticesFile, ...files.map((file) => file.path)]);
  const present = await readdir(dist, { recursive: true, withFileTypes: true });
  const stale = present
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !fresh.has(file));
  await Promise.all(stale.map((file) => rm(file)));
}

function writeTypes() {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const options = ['-p', 'tsconfig.build.json', '--emitDeclarationOnly'];
  execFileSync(process.execPath, [compiler, ...options], { cwd: root, stdio: 'inherit' });
}

/** Starts the program once for each of its caches, so that it starts fast from the first time on. */
async function fillCaches() {
  const folder = await mkdtemp(path.join(tmpdir(), 'agentops-build-'));
  const program = path.join(root, 'bin/agentops.js');
  for (const args of [['eval', '--out', folder], ['validate']]) {
    spawnSync(process.execPath, [program, ...args], { cwd: root, stdio: 'ignore' }); // what it says is for the tests
  }
  await rm(folder, { recursive: true });
}

await writeBundles(await bundleAll());
writeTypes();
await fillCaches();
