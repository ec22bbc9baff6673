// An agent written by hand with the client of OpenAI: chat completions.
import OpenAI from 'openai';
import { readPrompt } from './read-prompt.mjs';
import { callTool, connectShop } from './shop-tools.mjs';

const shop = await connectShop();
const client = new OpenAI();
const tools = (await shop.listTools()).tools.map(({ name, description, inputSchema }) => ({
  type: 'function',
  function: { name, description, parameters: inputSchema },
}));
const messages = [{ role: 'user', content: await readPrompt() }];

async function ask() {
  const request = { model: 'gpt-5-mini', messages, tools };
  if (!process.argv.includes('--stream')) {
    return (await client.chat.completions.create(request)).choices[0].message;
  }
  return client.chat.completions.stream(request).finalMessage();
}

for (;;) {
  const message = await ask();
  messages.push(message);
  if (!message.tool_calls?.length) {
    console.log(message.content);
    break;
  }
  const results = await Promise.all(
    message.tool_calls.map(async ({ id, function: { name, arguments: args } }) => {
      const { text } = await callTool(shop, name, JSON.parse(args));
      return { role: 'tool', tool_call_id: id, content: text };
    }),
  );
  messages.push(...results);
}
await shop.close();
