import type { Command } from 'commander';
import { type McpFlags, runMcp } from '../run-mcp.ts';

/** Registers `mcp`: mocked tools for clients that speak MCP over standard input and output. */
export function mcpCommand(program: Command): void {
  program
    .command('mcp')
    .description('Serves mocked tools by MCP over standard input and output')
    .argument('[suite]', 'suite whose tools to serve; unless given, those of the running trial')
    .option('--task <id>', 'task whose world the tools start with')
    .action(async (suite: string | undefined, flags: McpFlags, command: Command) => {
      process.exitCode = await runMcp(suite, flags, command);
    });
}
