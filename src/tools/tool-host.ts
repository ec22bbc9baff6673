/** What a tool answered: a result, or an error as a real tool would give it. */
export type ToolAnswer =
  | { readonly result: unknown }
  | { readonly error: { readonly message: string; readonly code?: string } };

/** One call for the mocks to answer. */
export interface MockedCall {
  readonly tool: string;
  /** A JSON value; absent arguments are `{}`. The mocks work on a copy. */
  readonly args: unknown;
  readonly signal: AbortSignal;
}

/** The mocked tools of one trial, with a world of its own. */
export interface TrialTools {
  /** A copy of the world as it is now. Throws `mock_fault` where a mock left something in it that is not JSON. */
  readonly world: Record<string, unknown>;
  /** Why a tool refuses arguments as a real one would; null where it takes them or is not declared. */
  refuses(tool: string, args: unknown): string | null;
  /** Answers a call; the answer belongs to the caller. Rejects with `mock_fault` where no mock answers it, or a mock is broken: the trial is then in error. Rejects with the reason of the signal once that aborts. */
  call(call: MockedCall): Promise<ToolAnswer>;
}

/** The mocked tools of a suite, ready for any number of trials. */
export interface ToolHost {
  /** Starts a trial with a copy of `world`, and with every count at nothing. */
  start(world: Readonly<Record<string, unknown>>): TrialTools;
}
