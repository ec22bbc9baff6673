import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { createJiti } from 'jiti';
import { AgentopsError } from '../errors.ts';
import { importModule } from '../io/import-module.ts';
import type { LoadFunction } from '../model/load-function.ts';

/** Makes a loader of functions that a suite names as `./file.ts#name`, relative to its folder or absolute; TypeScript goes through jiti. */
export function functionLoader(folder: string): LoadFunction {
  const known = new Map<string, ReturnType<LoadFunction>>();
  return (reference) => {
    const loading = known.get(reference) ?? load(folder, reference);
    known.set(reference, loading);
    return loading;
  };
}

async function load(folder: string, reference: string): ReturnType<LoadFunction> {
  const [, file = '', name = 'default'] = /^(.*?)(?:#([^#/]*))?$/s.exec(reference) ?? [];
  const full = path.resolve(folder, file);
  const exported = (await importFile(full)) as Record<string, unknown>; // a module namespace
  const found = exported[name];
  if (typeof found === 'function') return found as Awaited<ReturnType<LoadFunction>>; // just seen
  const names = Object.keys(exported).join(', ') || 'nothing';
  throw new AgentopsError(
    'input_fault',
    `Cannot load ${reference}: it exports ${names}, no function ${name}`,
  );
}

async function importFile(file: string): Promise<unknown> {
  const url = pathToFileURL(file).href;
  if (!/\.[cm]?ts$/.test(file)) return importModule(url);
  const jiti = (await importModule('jiti')) as { createJiti: typeof createJiti };
  return jiti.createJiti(url, { fsCache: false }).import(file);
}
