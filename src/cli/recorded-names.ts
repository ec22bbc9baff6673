import path from 'node:path';
import { readLines } from '../io/line-reader.ts';
import { isObject } from '../json/object.ts';
import { didYouMean } from '../match/nearest-name.ts';
import { readPattern } from '../match/pattern-source.ts';
import { wildcard } from '../match/wildcard.ts';
import type { Expectations, Fault, Place, Suite } from '../model/suite.ts';
import type { SuiteKinds } from '../suite/kinds.ts';

/** Warns of tools that a suite names and that no recording of its agents holds; only where it declares no tools and every agent is a recording. */
export async function unrecordedNames(suite: Suite, kinds: SuiteKinds): Promise<Fault[]> {
  const { agents, tools, file } = suite;
  if (tools !== null || agents.some(({ kind }) => kind !== 'replay')) return [];
  const named = namesIn(suite, kinds);
  if (named.size === 0) return [];
  const recorded = await recordedTools(suite, kinds);
  const known = [...recorded];
  return [...named].flatMap(([name, { at, path: keys }]): Fault[] => {
    if (known.some(wildcard(name))) return [];
    const message = `No recording holds a call of "${name}" (${didYouMean(name, known)})`;
    return [{ ...at, file: at.file || file, severity: 'warning', path: keys, message }];
  });
}

/** A tool name with the first place that it is written at. */
interface Naming {
  readonly at: Place;
  readonly path: string;
}

function namesIn(suite: Suite, kinds: SuiteKinds): Map<string, Naming> {
  const named = new Map<string, Naming>();
  const add = (expectations: Expectations, at: Place, start: string) => {
    for (const [key, value] of Object.entries(expectations)) {
      const kind = kinds.judges.find((judge) => judge.key === key);
      for (const found of kind?.patterns?.(value) ?? []) {
        const place = { requires: false, counted: true };
        const tool = readPattern(found.pattern, place, () => {}, [])?.tool;
        if (tool === undefined || named.has(tool)) continue;
        named.set(tool, { at, path: [start, key, ...found.path].join('.') });
      }
    }
  };
  add(suite.expect, { file: suite.file, line: 1, column: 1 }, 'expect');
  for (const [index, task] of suite.tasks.entries()) {
    add(task.expect, task.at, `tasks.${index}.expect`);
    add(task.prefer, task.at, `tasks.${index}.prefer`);
  }
  return named;
}

/** Names of all tools that are called in the recordings of a suite; lines that cannot be read are passed over. */
async function recordedTools(suite: Suite, kinds: SuiteKinds): Promise<Set<string>> {
  const tools = new Set<string>();
  for (const { kind: key, config } of suite.agents) {
    const kind = kinds.agents.find((agent) => agent.key === key);
    for (const { file } of kind?.files?.(config) ?? []) {
      for await (const lines of readLines(path.resolve(path.dirname(suite.file), file))) {
        for (const { buffer } of lines) if (buffer !== null) addTools(buffer, tools);
      }
    }
  }
  return tools;
}

function addTools(line: Buffer, tools: Set<string>): void {
  let record: unknown;
  try {
    record = JSON.parse(line.toString('utf8'));
  } catch {
    return; // such a line is a trial in error, which a run tells
  }
  const steps = isObject(record) && Array.isArray(record['steps']) ? record['steps'] : [];
  for (const step of steps) {
    if (isObject(step) && step['type'] === 'tool_call' && typeof step['tool'] === 'string') {
      tools.add(step['tool']);
    }
  }
}
