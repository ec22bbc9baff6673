import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Fault } from '../model/suite.ts';
import { type LoadedSuites, loadSuites } from '../suite/load-suites.ts';
import { suiteKinds } from './registries.ts';

/** Tools that the suites of these tests declare. */
export const TOOLS = `tools:
  get_order: { input: { type: object, properties: { order_id: { type: string } } } }
  refund_order: { input: { type: object, properties: { order_id: { type: string }, amount: { type: number } } } }
`;

/** A suite whose only task has this expectation, as YAML in one line, on line 3, or behind `more`. */
export function suiteOf(expected: string, more = ''): string {
  return `suite: s
agents: { rec: { replay: ./r.jsonl } }
${more}tasks: [{ id: t, input: hi, expect: ${expected} }]
`;
}

/** Loads files with the judges and agents that there are, the first of them as the suite. */
async function loadFiles(files: Readonly<Record<string, string>>): Promise<LoadedSuites> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'faults-')));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries({ ...files, 'r.jsonl': '' })) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
  const suites = Object.keys(files).filter((name) => name.endsWith('.suite.yaml'));
  return loadSuites(
    suites.map((name) => path.join(folder, name)),
    suiteKinds,
  );
}

/** Faults of a suite as written: `line:column path: message`. */
export async function faultsIn(
  text: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const { faults } = await loadFiles({ 's.suite.yaml': text, ...files });
  return faults.map(faultLine);
}

/** Faults of an expectation, below the task; with tools where they are given. */
export async function faultsOf(expected: string, tools = ''): Promise<string[]> {
  const { faults } = await loadFiles({ 's.suite.yaml': suiteOf(expected, tools) });
  return faults.map((fault) => {
    const at = fault.path.replace(/^tasks\.0\.expect\.?/, '');
    const mark = fault.severity === 'warning' ? 'warning: ' : '';
    return `${at} @ ${markedIn(fault)}: ${mark}${fault.message}`;
  });
}

/** A fault in one line. */
function faultLine({ line, column, path: at, message, severity }: Fault): string {
  return `${line}:${column} ${at}: ${severity === 'warning' ? 'warning: ' : ''}${message}`;
}

/** The text that the carets of a fault mark. */
function markedIn({ frame }: Fault): string {
  const rows = (frame ?? '').split('\n');
  const carets = rows.at(-1) ?? '';
  return (rows.at(-2) ?? '').slice(carets.indexOf('^'), carets.length);
}
