// Reads a large suite in one of three ways, and prints how long that took, in milliseconds.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseDocument } from 'yaml';

const [how = '', file = '', bundle = ''] = process.argv.slice(2);

/** @type {Record<string, () => Promise<() => unknown>>} */
const ways = {
  async load() {
    const { loadSuites, suiteKinds } = await import(pathToFileURL(bundle).href);
    return async () => {
      const { suites, faults } = await loadSuites([file], suiteKinds);
      if (faults.length > 0) throw new Error(`Cannot measure: ${faults[0].message}`);
      return suites[0].tasks.length;
    };
  },
  async parse() {
    return () => parseDocument(readFileSync(file, 'utf8')).toJS().tasks.length;
  },
  async json() {
    const text = JSON.stringify(parseDocument(readFileSync(file, 'utf8')).toJS());
    return () => JSON.parse(text).tasks.length;
  },
};

const run = await ways[how]?.();
const started = performance.now();
const tasks = await run?.();
console.log(JSON.stringify({ ms: performance.now() - started, tasks }));
