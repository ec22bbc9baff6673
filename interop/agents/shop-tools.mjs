import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

/** The tools of the shop by MCP. */
export async function connectShop() {
  const client = new Client({ name: 'support', version: '1.0.0' });
  const url = new URL(process.env.AGENTOPS_EVAL_MCP_URL);
  await client.connect(new StreamableHTTPClientTransport(url));
  return client;
}

/**
 * What a tool answered, for the model to read.
 * @param {Client} shop
 * @param {string} name
 * @param {Record<string, unknown>} args
 */
export async function callTool(shop, name, args) {
  const { content, isError = false } = await shop.callTool({ name, arguments: args });
  return { text: content.map((part) => part.text ?? '').join('\n'), isError };
}
