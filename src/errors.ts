/** What kind of trouble an `AgentopsError` reports; `cli/` turns it into an exit code. */
export type ErrorCode =
  | 'usage'
  | 'suite_fault'
  | 'input_fault'
  | 'store_fault'
  | 'disk_fault'
  | 'mock_fault'
  | 'model_fault'
  | 'agent_fault'
  | 'internal';

/** An error whose message is meant for the person at the terminal: action first, then the state and what was wanted. */
export class AgentopsError extends Error {
  override readonly name = 'AgentopsError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The message of anything that was thrown, for a reason that a person reads. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof RangeError && /call stack/i.test(thrown.message)) {
    return 'Nested too deeply to be judged';
  }
  return thrown instanceof Error ? thrown.message : String(thrown);
}
