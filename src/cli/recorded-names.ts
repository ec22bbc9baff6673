import path from 'node:path';
import { readLines } from '../io/line-reader.ts';
import { isObject } from '../json/object.ts';
import { didYouMean } from '../match/nearest-name.ts';
import { wildcard } from '../match/wildcard.ts';
import type { Fault, Suite } from '../model/suite.ts';
import type { SuiteKinds } from '../suite/kinds.ts';

/** Warns of tools that a suite names, where they are named first, and that no recording of its agents holds; only where it declares no tools and every agent is a recording. */
export async function unrecordedNames(
  suite: Suite,
  kinds: SuiteKinds,
  named: ReadonlyMap<string, Fault>,
): Promise<Fault[]> {
  const { agents, tools } = suite;
  if (tools !== null || named.size === 0) return [];
  if (agents.some(({ kind }) => kind !== 'replay')) return [];
  const known = [...(await recordedTools(suite, kinds))];
  const unknown = [...named].flatMap(([name, place]): Fault[] => {
    if (known.some(wildcard(name))) return [];
    const message = `No recording holds a call of "${name}" (${didYouMean(name, known)})`;
    return [{ ...place, message }];
  });
  return unknown.sort((a, b) => a.line - b.line || a.column - b.column);
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
