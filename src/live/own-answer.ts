import { AgentopsError } from '../errors.ts';
import type { ToolCallStep } from '../model/trajectory.ts';
import { callText } from '../tools/mock-fault.ts';
import type { OwnAnswer } from './session.ts';
import type { SessionState } from './session-state.ts';

/** Takes an answer that the agent, or its framework, gave to a call itself, as it is told: a tool of its own may take what its declaration does not. Only of tools that it may run does that count; of any other nobody knows whether the real one ran, and the trial is an error, unless the arguments are such that no tool takes them. */
export function takeOwnAnswer(
  state: SessionState,
  step: ToolCallStep,
  answer: OwnAnswer | null,
): void {
  const own = runsItself(state, step.tool);
  const refused = !own && isRefused(state, step);
  if (!refused && !own) {
    state.halt({ kind: 'fault', error: passedBy(step) });
    return;
  }
  if (answer === null) return;
  state.openIds.delete(step.id ?? '');
  state.add({
    type: 'tool_result',
    id: step.id,
    tool: step.tool,
    ...(refused ? refusalOf(answer) : answer),
    origin: 'inferred',
  });
}

/** Whether a suite lets the agent run a tool: it says so, or declares no tools at all and only watches. */
function runsItself({ options: { tools } }: SessionState, tool: string): boolean {
  if (tools === null) return true;
  return Object.hasOwn(tools, tool) && tools[tool]?.mock?.kind === 'agent';
}

/** Whether a framework had reason to refuse a call before any tool was asked. */
function isRefused({ options: { tools, mocks } }: SessionState, step: ToolCallStep): boolean {
  if (step.args_missing !== undefined) return true;
  if (tools === null || !Object.hasOwn(tools, step.tool)) return false;
  return mocks.refuses(step.tool, step.args) !== null;
}

function refusalOf(answer: OwnAnswer): OwnAnswer {
  const told = 'error' in answer ? answer.error : answer.result;
  const message = typeof told === 'string' ? told : JSON.stringify(told);
  return { error: { code: 'invalid_arguments', message } };
}

function passedBy({ tool, args }: ToolCallStep): AgentopsError {
  const wanted = 'expected a call of the mock; give a tool that the agent is to run "mock: agent"';
  const words = `Cannot tell what came of ${callText(tool, args)}: the agent answered it itself`;
  return new AgentopsError('mock_fault', `${words}, ${wanted}`);
}
