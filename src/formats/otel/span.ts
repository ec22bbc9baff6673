import { isObject, ownValue } from '../../json/object.ts';

/** A span, whoever exported it. */
export interface Span {
  readonly trace: string;
  readonly id: string;
  readonly parent: string | null;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Whether the span says that what it did failed. */
  readonly failed: boolean;
}

/** A text attribute that says something; undefined where there is none. */
export function textOf({ attributes }: Span, ...keys: string[]): string | undefined {
  const values = keys.map((key) => ownValue(attributes, key));
  return values.find((value): value is string => typeof value === 'string' && value !== '');
}

/** A figure, which some exporters write as text. */
export function figureOf({ attributes }: Span, ...keys: string[]): number | undefined {
  for (const key of keys) {
    const value = ownValue(attributes, key);
    const figure = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof figure === 'number' && Number.isFinite(figure) && figure >= 0) return figure;
  }
  return undefined;
}

/** An attribute that holds JSON as text, or data as it is; undefined where it can be read as neither. */
export function dataOf(span: Span, ...keys: string[]): unknown {
  for (const key of keys) {
    const value = ownValue(span.attributes, key);
    if (isObject(value) || Array.isArray(value)) return value;
    if (typeof value !== 'string') continue;
    try {
      return JSON.parse(value);
    } catch {} // some exporters cut long texts off
  }
  return undefined;
}

/** What a span is to an agent: null for all that is only plumbing. */
export function roleOf(span: Span): 'agent' | 'tool' | 'model' | null {
  const operation = textOf(span, 'gen_ai.operation.name');
  if (operation === 'execute_tool' || span.name.startsWith('execute_tool ')) {
    return /\(merged( tools)?\)/.test(toolOf(span)) ? null : 'tool'; // repeats the calls beside it
  }
  if (operation === 'invoke_agent' || /^(invoke_agent|agent_run)\b/.test(span.name)) return 'agent';
  const isModel =
    ['chat', 'generate_content', 'text_completion'].includes(operation ?? '') ||
    textOf(span, 'gen_ai.request.model', 'gcp.vertex.agent.llm_request') !== undefined;
  return isModel ? 'model' : null;
}

/** The tool that a span is about. */
export function toolOf(span: Span): string {
  return textOf(span, 'gen_ai.tool.name') ?? span.name.replace(/^execute_tool /, '');
}
