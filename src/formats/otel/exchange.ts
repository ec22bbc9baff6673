import { isObject, ownValue } from '../../json/object.ts';
import type { ModelStep } from '../../model/trajectory.ts';
import { dataOf, figureOf, type Span, textOf } from './span.ts';
import { withCallKey } from './with-call-key.ts';

/** A call that a model asked for. */
export interface AskedCall {
  readonly id: string | null;
  readonly tool: string;
  readonly args: unknown;
}

/** One message of an exchange: what is said, and the calls in it. */
export interface Said {
  readonly role: string;
  readonly text: string;
  readonly calls: readonly AskedCall[];
}

/** What is known of one exchange with a model, however many spans tell of it. */
export interface Exchange {
  readonly spans: readonly Span[];
  readonly asked: readonly Said[];
  /** Null where the answer was not captured. */
  readonly answer: Said | null;
  readonly step: ModelStep;
}

/** Takes from spans of one exchange, the outermost first, the fullest account of each thing once. */
export function exchangeOf(spans: readonly Span[]): Exchange {
  const asked = spans.map(askedIn).find((said) => said.length > 0) ?? [];
  const answer = spans.map(answerIn).find((said) => said !== null) ?? null;
  const figure = (...keys: string[]) => first(spans, (span) => figureOf(span, ...keys));
  const input = figure('gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens');
  const output = figure('gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens');
  const cached = figure(
    'gen_ai.usage.cache_read_input_tokens',
    'gen_ai.usage.cache_read.input_tokens',
  );
  const usage = {
    ...(input !== undefined && { input_tokens: input }),
    ...(output !== undefined && { output_tokens: output }),
    ...(cached !== undefined && { cached_tokens: cached }),
  };
  const model = first(spans, (span) => textOf(span, 'gen_ai.request.model'));
  const step: ModelStep = {
    type: 'model',
    ...(model !== undefined && { model }),
    ...(Object.keys(usage).length > 0 && { usage }),
  };
  return { spans, asked, answer, step };
}

function first<Value>(spans: readonly Span[], read: (span: Span) => Value | undefined) {
  return spans.map(read).find((value) => value !== undefined);
}

function askedIn(span: Span): Said[] {
  const request = dataOf(span, 'gcp.vertex.agent.llm_request');
  const contents = isObject(request) ? request['contents'] : undefined;
  if (Array.isArray(contents) && contents.length > 0) return contents.map(saidOf);
  const messages = dataOf(span, 'gen_ai.input.messages');
  if (Array.isArray(messages) && messages.length > 0) return messages.map(saidOf);
  return numbered(span, 'gen_ai.prompt');
}

function answerIn(span: Span): Said | null {
  const response = dataOf(span, 'gcp.vertex.agent.llm_response');
  const content = isObject(response) ? response['content'] : undefined;
  if (isObject(content)) return saidOf(content);
  const messages = dataOf(span, 'gen_ai.output.messages');
  if (Array.isArray(messages) && messages.length > 0) return saidOf(messages[0]);
  return numbered(span, 'gen_ai.completion')[0] ?? null;
}

/** A message of ADK or of the conventions of OpenTelemetry, which both have parts. */
function saidOf(value: unknown): Said {
  const message = isObject(value) ? value : {};
  const { role, parts, content } = message;
  const list = (Array.isArray(parts) ? parts : []).map(withCallKey);
  const texts = list.flatMap((part) => {
    if (part['thought'] === true || (part['type'] ?? 'text') !== 'text') return [];
    const text = part['text'] ?? part['content'];
    return typeof text === 'string' ? [text] : [];
  });
  if (typeof content === 'string') texts.push(content);
  const calls = list.flatMap((part) => {
    const call = part['type'] === 'tool_call' ? part : part['function_call'];
    return isObject(call)
      ? [askedCall(call['id'], call['name'], call['args'] ?? call['arguments'])]
      : [];
  });
  return { role: typeof role === 'string' ? role : '', text: texts.join('\n'), calls };
}

function askedCall(id: unknown, name: unknown, args: unknown): AskedCall {
  return {
    id: typeof id === 'string' && id !== '' ? id : null,
    tool: typeof name === 'string' ? name : '',
    args: typeof args === 'string' ? (parsed(args) ?? args) : args,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Messages that are spread over numbered attributes. */
function numbered({ attributes }: Span, prefix: string): Said[] {
  const read = (key: string) => ownValue(attributes, key);
  const list: Said[] = [];
  for (let at = `${prefix}.0`; read(`${at}.role`) !== undefined; at = `${prefix}.${list.length}`) {
    const calls: AskedCall[] = [];
    for (let call = `${at}.tool_calls.0`; read(`${call}.name`) !== undefined; ) {
      calls.push(askedCall(read(`${call}.id`), read(`${call}.name`), read(`${call}.arguments`)));
      call = `${at}.tool_calls.${calls.length}`;
    }
    const content = read(`${at}.content`);
    const text = typeof content === 'string' ? content : '';
    list.push({ role: String(read(`${at}.role`)), text, calls });
  }
  return list;
}
