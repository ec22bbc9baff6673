import { isObject } from '../json/object.ts';
import type { Tool, Tools } from '../model/tool.ts';
import type { SchemaProblem } from './input-schemas.ts';
import type { KeyPlace } from './kinds.ts';
import { loadMock } from './load-mock.ts';
import { checkFiles, openPart, type Part, type SuiteLoading } from './part-loading.ts';
import { isPlainSchema } from './plain-schema.ts';
import { below, isSound, type ValueAt } from './schema-faults.ts';
import { faultAt } from './source.ts';
import { isFilePath } from './text-schema.ts';

/** Reads the tools of a suite, inline or from the file that is named; null where there are none or they cannot be used. */
export async function loadTools(loading: SuiteLoading, { value, at }: Part): Promise<Tools | null> {
  if (value === undefined) return null;
  const part = isFilePath(value)
    ? await openPart(loading, value, at, loading.schemas.tools)
    : { value, at };
  if (!part || !isObject(part.value)) return null;
  const { at: place } = part;
  const tools: Record<string, Tool> = Object.create(null);
  for (const [name, tool] of Object.entries(part.value)) {
    const toolAt = below(place, [name]);
    await checkKeyFiles(loading, 'tool', { value: tool, at: toolAt });
    tools[name] = await mockedTool(loading, soundPart(tool, toolAt), toolAt);
  }
  for (const { path, message } of await problemsOf(tools)) {
    loading.faults.push(faultAt(place.source, [...place.path, ...path], message));
  }
  return tools;
}

/** A tool with its mock as trials need it. */
async function mockedTool(loading: SuiteLoading, tool: Tool, at: ValueAt): Promise<Tool> {
  if (!Object.hasOwn(tool, 'mock')) return tool;
  const { mock: value, ...rest } = tool;
  const mock = await loadMock(loading, { value, at: below(at, ['mock']) });
  return mock ? { ...rest, mock } : rest;
}

/** A tool, or of one with a fault no more than its arguments, if they are sound. */
function soundPart(tool: unknown, at: ValueAt): Tool {
  if (isSound(at)) return tool as Tool;
  const input = isObject(tool) && isSound(below(at, ['input'])) ? tool['input'] : undefined;
  return isObject(input) ? { input } : {};
}

/** Checks the files that keys with an owner of their own name, and reads those that stand in files. */
export async function checkKeyFiles(
  loading: SuiteLoading,
  place: KeyPlace,
  { value, at }: Part,
): Promise<void> {
  if (!isObject(value)) return;
  for (const { key, schema, fragment, files } of loading.schemas.keys.at(place)) {
    if (!Object.hasOwn(value, key)) continue;
    const inner = { value: value[key], at: below(at, [key]) };
    if (!isSound(inner.at)) continue;
    const part =
      fragment && isFilePath(inner.value)
        ? await openPart(loading, inner.value, inner.at, schema)
        : inner;
    if (part && files && isSound(part.at)) await checkFiles(loading, files(part.value), part.at);
  }
}

/** What is wrong with the schemas of arguments; the validator is loaded only for those that are not plain. */
async function problemsOf(tools: Tools): Promise<SchemaProblem[]> {
  const isOdd = Object.values(tools).some(({ input }) => input && !isPlainSchema(input));
  if (!isOdd) return [];
  const { inputProblems } = await import('./input-schemas.ts');
  return inputProblems(tools);
}
