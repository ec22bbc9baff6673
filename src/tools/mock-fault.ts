import { AgentopsError } from '../errors.ts';
import { cut } from '../match/show.ts';

const LONGEST_ARGS = 300;

/** A `mock_fault`: a call that no mock answers, or a mock that is broken; `why` follows a colon. */
export function cannotAnswer(
  tool: string,
  args: unknown,
  why: string,
  cause?: unknown,
): AgentopsError {
  const message = `Cannot answer ${callText(tool, args)}: ${why}`;
  return new AgentopsError('mock_fault', message, cause === undefined ? {} : { cause });
}

/** A call as `refund_order({"amount":3})`; `args` are JSON. */
export function callText(tool: string, args: unknown): string {
  return `${tool}(${cut(JSON.stringify(args) ?? '', LONGEST_ARGS)})`;
}
