import type { StreamEvent } from './dialect-codec.ts';

// Written apart from the product and from what official clients do: it only adds deltas up.
// biome-ignore lint/suspicious/noExplicitAny: events of three protocols, read as data
type Data = any;

/** Puts the chunks of a chat completion together again. */
export function assembleChat(events: readonly StreamEvent[]): Data {
  const choices: Data[] = [];
  let whole: Data = {};
  for (const { data } of events as { data: Data }[]) {
    if (data === '[DONE]') continue;
    const { choices: chunks, object: _, usage, ...head } = data;
    whole = { ...head, object: 'chat.completion', ...(usage ? { usage } : {}) };
    for (const { delta, finish_reason, index, ...rest } of chunks) {
      choices[index] ??= { index, message: {}, ...rest };
      addChunk(choices[index].message, delta);
      choices[index].finish_reason = finish_reason;
    }
  }
  return { ...whole, choices };
}

function addChunk(message: Data, { tool_calls = [], content, ...others }: Data) {
  Object.assign(message, others);
  if (content === null) message.content = null;
  else if (content !== undefined) message.content = (message.content ?? '') + content;
  for (const { index, ...delta } of tool_calls) {
    message.tool_calls ??= [];
    if (message.tool_calls[index]) {
      message.tool_calls[index].function.arguments += delta.function.arguments;
    } else message.tool_calls[index] = structuredClone(delta);
  }
}

/** Puts a response together from its deltas, and leaves the copies of done items aside. */
export function assembleResponse(events: readonly StreamEvent[]): Data {
  const output: Data[] = [];
  let head: Data = {};
  for (const { data } of events as { data: Data }[]) {
    const item = output[data.output_index];
    const part = item?.content?.[data.content_index];
    if (data.type === 'response.output_item.added') output.push(structuredClone(data.item));
    else if (data.type === 'response.content_part.added') item.content.push({ ...data.part });
    else if (data.type === 'response.output_text.delta') part.text += data.delta;
    else if (data.type === 'response.refusal.delta') part.refusal += data.delta;
    else if (data.type === 'response.function_call_arguments.delta') item.arguments += data.delta;
    else if (data.type === 'response.custom_tool_call_input.delta') item.input += data.delta;
    else if (data.type === 'response.output_item.done') item.status = data.item.status;
    else if (data.type === 'response.completed') head = data.response;
  }
  return { ...head, output };
}

/** Puts an Anthropic message together again. */
export function assembleMessage(events: readonly StreamEvent[]): Data {
  let message: Data = {};
  const inputs = new Map<number, string>();
  for (const { data } of events as { data: Data }[]) {
    const block = message.content?.[data.index];
    if (data.type === 'message_start') message = structuredClone(data.message);
    else if (data.type === 'content_block_start') message.content.push({ ...data.content_block });
    else if (data.type === 'content_block_delta') addBlock(block, data, inputs);
    else if (data.type === 'content_block_stop' && inputs.has(data.index)) {
      block.input = parsed(inputs.get(data.index) ?? '');
    } else if (data.type === 'message_delta') {
      message = { ...message, ...data.delta, usage: { ...message.usage, ...data.usage } };
    }
  }
  return message;
}

function addBlock(block: Data, { index, delta }: Data, inputs: Map<number, string>) {
  if (delta.type === 'text_delta') block.text += delta.text;
  else if (delta.type === 'thinking_delta') block.thinking += delta.thinking;
  else if (delta.type === 'signature_delta') block.signature += delta.signature;
  else inputs.set(index, (inputs.get(index) ?? '') + delta.partial_json);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text || '{}');
  } catch {
    return text;
  }
}
