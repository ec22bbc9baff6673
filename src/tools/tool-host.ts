/** What a tool answered: a result, or an error as a real tool would give it. */
export type ToolAnswer =
  | { readonly result: unknown }
  | { readonly error: { readonly message: string; readonly code?: string } };

/** One call for the mocks to answer. */
export interface MockedCall {
  readonly tool: string;
  readonly args: unknown;
  readonly signal: AbortSignal;
}

/** The mocked tools of one trial, with a world of its own. */
export interface TrialTools {
  /** The world as it is now. */
  readonly world: Record<string, unknown>;
  /** Answers a call. Throws `mock_fault` where no mock answers it, or a mock is broken: the trial is then in error. */
  call(call: MockedCall): Promise<ToolAnswer>;
}

/** The mocked tools of a suite, ready for any number of trials. */
export interface ToolHost {
  /** Starts a trial with a copy of `world`. `trial` says which recorded results are its own. */
  start(world: Readonly<Record<string, unknown>>): TrialTools;
}
