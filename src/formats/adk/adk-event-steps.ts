import { isObject } from '../../json/object.ts';
import type { Step, ToolCallStep, ToolResultStep } from '../../model/trajectory.ts';
import { type AdkCall, type AdkPart, type AdkResponse, saidIn } from './adk-content.ts';

/** What every step of an event shares. */
export interface EventFrame {
  readonly turn?: number;
  readonly at_ms?: number;
  readonly actor?: string;
}

/** A call of ADK as a step; arguments that are not there are said. */
export function callStep({ id, name, args }: AdkCall, frame: EventFrame): ToolCallStep {
  return {
    type: 'tool_call',
    ...(id && { id }),
    tool: name,
    ...(isObject(args) ? { args } : { args_missing: 'not_captured' as const }),
    ...frame,
  };
}

/** What a tool answered, as it stands. */
export function resultStep(
  { id, response }: AdkResponse,
  tool: string,
  frame: EventFrame,
): ToolResultStep {
  return { type: 'tool_result', ...(id && { id }), tool, result: response ?? null, ...frame };
}

/** A result that says itself that it is an error, as tools of the Model Context Protocol do, becomes one. */
export function toldErrors<Result extends ToolResultStep>(step: Result): Result {
  const { result, ...answer } = step;
  if (!isObject(result)) return step;
  const isError = [result['isError'], result['is_error']].includes(true);
  // A result with what it answered under another key is still one of its kind
  return isError ? ({ ...answer, error: result } as unknown as Result) : step;
}

/** The steps of an event: what was said, then calls and responses in their order; calls of one event were issued together. */
export function eventSteps(
  parts: readonly AdkPart[],
  role: 'user' | 'assistant',
  { frame, group }: { readonly frame: EventFrame; readonly group: string },
): Step[] {
  const content = saidIn(parts);
  const many = parts.filter(({ function_call }) => function_call).length > 1;
  const doings = parts.flatMap(({ function_call, function_response }): Step[] => [
    ...(function_call
      ? [{ ...callStep(function_call, frame), ...(many && { parallel: group }) }]
      : []),
    ...(function_response
      ? [resultStep(function_response, function_response.name ?? '', frame)]
      : []),
  ]);
  return content === null ? doings : [{ type: 'message', role, content, ...frame }, ...doings];
}
