// An agent written by hand with the client of OpenAI: responses, each of which goes on from the one before.
import OpenAI from 'openai';
import { readPrompt } from './read-prompt.mjs';
import { callTool, connectShop } from './shop-tools.mjs';

const shop = await connectShop();
const client = new OpenAI();
const tools = (await shop.listTools()).tools.map(({ name, description, inputSchema }) => ({
  type: 'function',
  name,
  description,
  parameters: inputSchema,
  strict: false,
}));

async function ask(input, previous) {
  const request = { model: 'gpt-5-mini', input, tools, previous_response_id: previous };
  if (!process.argv.includes('--stream')) return client.responses.create(request);
  return client.responses.stream(request).finalResponse();
}

let response = await ask(await readPrompt());
for (;;) {
  const calls = response.output.filter(({ type }) => type === 'function_call');
  if (calls.length === 0) break;
  const results = await Promise.all(
    calls.map(async ({ call_id, name, arguments: args }) => {
      const { text } = await callTool(shop, name, JSON.parse(args));
      return { type: 'function_call_output', call_id, output: text };
    }),
  );
  response = await ask(results, response.id);
}
console.log(response.output_text);
await shop.close();
