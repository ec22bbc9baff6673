// An agent of the OpenAI Agents SDK.
import { Agent, MCPServerStreamableHttp, run } from '@openai/agents';
import { readPrompt } from './read-prompt.mjs';

const shop = new MCPServerStreamableHttp({ name: 'shop', url: process.env.AGENTOPS_EVAL_MCP_URL });
await shop.connect();
const agent = new Agent({
  name: 'support',
  instructions: 'Help the customer.',
  model: 'gpt-5-mini',
  mcpServers: [shop],
});
const prompt = await readPrompt();
if (process.argv.includes('--stream')) {
  const result = await run(agent, prompt, { stream: true });
  await result.completed;
  console.log(result.finalOutput);
} else {
  console.log((await run(agent, prompt)).finalOutput);
}
await shop.close();
