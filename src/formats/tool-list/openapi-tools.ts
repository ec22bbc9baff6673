import { isObject, ownValue } from '../../json/object.ts';
import type { Effect } from '../../model/tool.ts';
import { firstSentence } from '../first-sentence.ts';
import type { ListedTool, ToolList } from './listed-tool.ts';
import { localRefs } from './local-refs.ts';
import { faulty, named } from './nameable-tools.ts';

type Json = Readonly<Record<string, unknown>>;

/** What operations of a method do, if nothing else is known. */
const methods: Readonly<Record<string, Effect>> = {
  get: 'read',
  head: 'read',
  options: 'read',
  put: 'write',
  patch: 'write',
  post: 'write',
  delete: 'irreversible',
};

/** Makes a tool of each operation of an OpenAPI 3 description: its parameters and its JSON body are the arguments. */
export function openApiTools(document: Json): ToolList {
  const { openapi, paths } = document;
  if (typeof openapi !== 'string' || !openapi.startsWith('3.')) {
    return faulty(['openapi'], `Cannot read OpenAPI ${String(openapi)}, expected 3.x`);
  }
  if (!isObject(paths)) return faulty(['openapi'], 'The description has no paths');
  const refs = localRefs(document);
  const tools = Object.entries(paths).flatMap(([path, written]) => {
    const item = refs.resolve(written);
    if (!isObject(item)) return [];
    return Object.entries(item).flatMap(([method, operation]) =>
      Object.hasOwn(methods, method) && isObject(operation)
        ? [operationTool({ path, method, item, operation }, refs.resolve)]
        : [],
    );
  });
  return named(tools, [], refs.notes());
}

interface Operation {
  readonly path: string;
  readonly method: string;
  readonly item: Json;
  readonly operation: Json;
}

function operationTool(
  { path, method, item, operation }: Operation,
  resolve: (value: unknown) => unknown,
): ListedTool {
  const { operationId, summary, description } = operation;
  const name =
    typeof operationId === 'string' && operationId !== '' ? operationId : nameOf(method, path);
  const words = [summary, description].find((text) => typeof text === 'string' && text !== '');
  const parameters = [item['parameters'], operation['parameters']].flatMap((list) =>
    Array.isArray(list) ? list.map(resolve).filter(isObject) : [],
  );
  const effect = methods[method] as Effect; // the caller looked it up
  return {
    name,
    ...(typeof words === 'string' && { description: firstSentence(words) }),
    input: inputOf(parameters, resolve(operation['requestBody'])),
    declared: {},
    hints: { effect },
  };
}

function nameOf(method: string, path: string): string {
  const words = path.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_|_$/g, '');
  return words === '' ? method : `${method}_${words}`;
}

/** One schema of the parameters and the body; what would be named twice in it stands under `body`. */
function inputOf(parameters: readonly Json[], body: unknown): Json {
  const properties: Record<string, unknown> = Object.create(null);
  const required = new Set<string>();
  for (const parameter of parameters) {
    const { name, required: isRequired } = parameter;
    if (typeof name !== 'string') continue;
    properties[name] = parameterSchema(parameter);
    if (isRequired === true || parameter['in'] === 'path') required.add(name);
  }
  const schema = isObject(body) ? jsonSchemaOf(body['content']) : null;
  if (schema !== null && isObject(body)) {
    addBody({ properties, required }, schema, body['required'] === true);
  }
  const { size } = required;
  return { type: 'object', properties, ...(size > 0 && { required: [...required] }) };
}

function parameterSchema(parameter: Json): Json {
  const { description, content } = parameter;
  const schema = isObject(parameter['schema']) ? parameter['schema'] : jsonSchemaOf(content);
  const told = typeof description === 'string' ? { description: firstSentence(description) } : {};
  return { ...told, ...schema };
}

function addBody(
  { properties, required }: { properties: Record<string, unknown>; required: Set<string> },
  schema: Json,
  isRequired: boolean,
): void {
  const inner = schema['properties'];
  const names = isObject(inner) ? Object.keys(inner) : [];
  const isFlat = names.length > 0 && !names.some((name) => Object.hasOwn(properties, name));
  if (!isFlat || !isObject(inner)) {
    properties['body'] = schema;
    if (isRequired) required.add('body');
    return;
  }
  for (const name of names) properties[name] = inner[name];
  const needed = ownValue(schema, 'required');
  if (!isRequired || !Array.isArray(needed)) return;
  for (const name of needed) if (typeof name === 'string') required.add(name);
}

function jsonSchemaOf(content: unknown): Json | null {
  if (!isObject(content)) return null;
  const found = Object.entries(content).find(([type]) => /^[^;]*[/+]json\b/.test(type));
  const media = found?.[1];
  return isObject(media) && isObject(media['schema']) ? media['schema'] : null;
}
