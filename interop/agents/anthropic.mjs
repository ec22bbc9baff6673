// An agent written by hand with the client of Anthropic.
import Anthropic from '@anthropic-ai/sdk';
import { readPrompt } from './read-prompt.mjs';
import { callTool, connectShop } from './shop-tools.mjs';

const shop = await connectShop();
const client = new Anthropic();
const tools = (await shop.listTools()).tools.map(({ name, description, inputSchema }) => ({
  name,
  description,
  input_schema: inputSchema,
}));
const messages = [{ role: 'user', content: await readPrompt() }];

async function ask() {
  const request = { model: 'claude-sonnet-5', max_tokens: 1024, messages, tools };
  if (!process.argv.includes('--stream')) return client.messages.create(request);
  return client.messages.stream(request).finalMessage();
}

for (;;) {
  const { content } = await ask();
  messages.push({ role: 'assistant', content });
  const calls = content.filter(({ type }) => type === 'tool_use');
  if (calls.length === 0) {
    console.log(content.map((part) => part.text ?? '').join(''));
    break;
  }
  const results = await Promise.all(
    calls.map(async ({ id, name, input }) => {
      const { text, isError } = await callTool(shop, name, input);
      return { type: 'tool_result', tool_use_id: id, content: text, is_error: isError };
    }),
  );
  messages.push({ role: 'user', content: results });
}
await shop.close();
