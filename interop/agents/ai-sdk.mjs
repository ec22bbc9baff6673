// An agent of the Vercel AI SDK.
import { createMCPClient } from '@ai-sdk/mcp';
import { openai } from '@ai-sdk/openai';
import { generateText, stepCountIs, streamText } from 'ai';
import { readPrompt } from './read-prompt.mjs';

const shop = await createMCPClient({
  transport: { type: 'http', url: process.env.AGENTOPS_EVAL_MCP_URL },
});
const request = {
  model: openai('gpt-5-mini'),
  tools: await shop.tools(),
  stopWhen: stepCountIs(10),
  prompt: await readPrompt(),
};
const result = process.argv.includes('--stream')
  ? streamText(request)
  : await generateText(request);
console.log(await result.text);
await shop.close();
