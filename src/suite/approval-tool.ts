import type { Policy } from '../model/policy.ts';
import type { Tool, Tools } from '../model/tool.ts';

/** What agents are told of the tool that they ask people with, where the suite does not declare it. */
const DECLARATION: Tool = {
  description: 'Asks a person to approve a call before it is made',
  input: {
    type: 'object',
    properties: {
      tool: { type: 'string', description: 'Name of the tool that is to be called' },
      args: { type: 'object', description: 'Arguments of the call' },
      reason: { type: 'string', description: 'Why the call is needed' },
    },
    required: ['tool', 'args'],
  },
  effect: 'read',
};

/** The declared tools with the approval tool among them, which only asks: it reads unless it is declared to do more. Those of a suite that declares none stay so. */
export function withApprovalTool(tools: Tools | null, policy: Policy | undefined): Tools | null {
  const name = policy?.approval_tool;
  if (!tools || name === undefined) return tools;
  const declared = Object.hasOwn(tools, name) ? tools[name] : DECLARATION;
  const all: Record<string, Tool> = Object.assign(Object.create(null), tools);
  all[name] = { effect: 'read', ...declared };
  return all;
}
