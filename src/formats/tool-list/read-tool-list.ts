import { isObject, ownValue } from '../../json/object.ts';
import { Effect } from '../../model/tool.ts';
import type { ListedTool, ListFault, ToolLabels, ToolList } from './listed-tool.ts';
import { faulty, named } from './nameable-tools.ts';
import { openApiTools } from './openapi-tools.ts';

const WANTED =
  'expected tools by name, a list of function schemas, the answer of tools/list of an MCP server, or an OpenAPI 3 description';

/** Reads a list of tools in any of its forms: ours, function schemas of OpenAI, `tools/list` of MCP, OpenAPI 3. */
export function readToolList(value: unknown): ToolList {
  if (Array.isArray(value)) return listTools(value, []);
  if (!isObject(value)) return faulty([], `Not a list of tools, ${WANTED}`);
  if (Object.hasOwn(value, 'openapi')) return openApiTools(value);
  if (Object.hasOwn(value, 'swagger')) {
    return faulty(['swagger'], 'Cannot read Swagger 2, expected OpenAPI 3');
  }
  const result = ownValue(value, 'result');
  if (isObject(result) && Array.isArray(result['tools'])) {
    return listTools(result['tools'], ['result', 'tools']);
  }
  if (Array.isArray(value['tools'])) return listTools(value['tools'], ['tools']);
  return ownTools(value);
}

/** Tools by name, as a tools file of ours has them. */
function ownTools(value: Readonly<Record<string, unknown>>): ToolList {
  const entries = Object.entries(value);
  const wrong = entries.find(([, tool]) => !isObject(tool) && tool !== null);
  if (wrong) return faulty([wrong[0]], `Not a tool, ${WANTED}`);
  const read = entries.map(([name, tool]) => ownTool(name, isObject(tool) ? tool : {}));
  const mocked = entries.some(([, tool]) => isObject(tool) && Object.hasOwn(tool, 'mock'));
  const note = 'Mocks of the list are not taken over: the new ones answer anything';
  return named(read, [], mocked ? [note] : []);
}

function ownTool(name: string, tool: Readonly<Record<string, unknown>>): ListedTool {
  return { ...described(name, tool, 'input'), declared: labelsIn(tool), hints: {} };
}

/** A list in the form of OpenAI, nested or flat, or of MCP. */
function listTools(list: readonly unknown[], path: ListFault['path']): ToolList {
  const faults: ListFault[] = [];
  const notes: string[] = [];
  const read = list.flatMap((item, index): ListedTool[] => {
    const at = [...path, index];
    if (!isObject(item)) {
      faults.push({ path: at, message: `Not a tool, ${WANTED}` });
      return [];
    }
    const nested = ownValue(item, 'function');
    const tool = isObject(nested) ? nested : item;
    const name = ownValue(tool, 'name');
    if (typeof name === 'string') return [listedTool(name, tool)];
    const type = ownValue(item, 'type');
    if (typeof type === 'string' && type !== 'function') {
      notes.push(`A tool of the vendor is left out: ${JSON.stringify(type)} runs out of reach`);
    } else faults.push({ path: at, message: 'The tool has no name' });
    return [];
  });
  return named(read, faults, notes);
}

function listedTool(name: string, tool: Readonly<Record<string, unknown>>): ListedTool {
  const key = Object.hasOwn(tool, 'inputSchema') ? 'inputSchema' : 'parameters';
  const annotations = ownValue(tool, 'annotations');
  const hints = isObject(annotations) ? hintsOf(annotations) : {};
  return { ...described(name, tool, key), declared: labelsIn(tool), hints };
}

/** What annotations of MCP hint at; a server may say what it likes. */
function hintsOf(annotations: Readonly<Record<string, unknown>>): ToolLabels {
  const { readOnlyHint: reads, destructiveHint: destroys, openWorldHint: open } = annotations;
  const effect = reads === true && destroys !== true ? 'read' : effectOf(destroys);
  return {
    ...(effect !== undefined && { effect }),
    ...(typeof open === 'boolean' && { external: open }),
    ...(open === true && { trusted: false }),
  };
}

function effectOf(destroys: unknown): Effect | undefined {
  if (typeof destroys !== 'boolean') return undefined;
  return destroys ? 'irreversible' : 'write';
}

function described(name: string, tool: Readonly<Record<string, unknown>>, key: string) {
  const description = ownValue(tool, 'description');
  const input = ownValue(tool, key);
  return {
    name,
    ...(typeof description === 'string' && description !== '' && { description }),
    ...(isObject(input) && { input }),
  };
}

/** Labels in our own words, where they are sound. */
function labelsIn(tool: Readonly<Record<string, unknown>>): ToolLabels {
  const effect = Effect.safeParse(ownValue(tool, 'effect'));
  const { external, trusted } = tool;
  return {
    ...(effect.success && { effect: effect.data }),
    ...(typeof external === 'boolean' && { external }),
    ...(typeof trusted === 'boolean' && { trusted }),
  };
}
