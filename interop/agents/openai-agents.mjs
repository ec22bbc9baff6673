// An agent of the OpenAI Agents SDK.
import { Agent, MCPServerStdio, MCPServerStreamableHttp, run } from '@openai/agents';
import { readPrompt } from './read-prompt.mjs';

const { AGENTOPS_EVAL_MCP_URL } = process.env;
const shop = process.argv.includes('--stdio')
  ? new MCPServerStdio({
      name: 'shop',
      command: process.execPath,
      args: ['../bin/agentops.js', 'mcp'],
      env: { AGENTOPS_EVAL_MCP_URL }, // clients pass on hardly any variable by themselves
    })
  : new MCPServerStreamableHttp({ name: 'shop', url: AGENTOPS_EVAL_MCP_URL });
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
