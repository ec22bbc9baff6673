// An agent of LangGraph: a graph of two nodes that call each other until the model is done.

import { END, MessagesAnnotation, START, StateGraph } from '@langchain/langgraph';
import { ToolNode } from '@langchain/langgraph/prebuilt';
import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { ChatOpenAI } from '@langchain/openai';
import { readPrompt } from './read-prompt.mjs';

const shop = new MultiServerMCPClient({
  mcpServers: { shop: { transport: 'http', url: process.env.AGENTOPS_EVAL_MCP_URL } },
});
const tools = await shop.getTools();
const model = new ChatOpenAI({ model: 'gpt-5-mini' });
const withTools = model.bindTools(tools);

const agent = new StateGraph(MessagesAnnotation)
  .addNode('model', async ({ messages }) => ({ messages: [await withTools.invoke(messages)] }))
  .addNode('tools', new ToolNode(tools))
  .addEdge(START, 'model')
  .addConditionalEdges('model', ({ messages }) =>
    messages.at(-1).tool_calls?.length > 0 ? 'tools' : END,
  )
  .addEdge('tools', 'model')
  .compile();

const input = { messages: [['user', await readPrompt()]] };
if (process.argv.includes('--stream')) {
  let state;
  for await (const [mode, chunk] of await agent.stream(input, {
    streamMode: ['messages', 'values'], // the first makes the model stream
  })) {
    if (mode === 'values') state = chunk;
  }
  console.log(state.messages.at(-1).text);
} else {
  console.log((await agent.invoke(input)).messages.at(-1).text);
}
await shop.close();
