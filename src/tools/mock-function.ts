import { AgentopsError, messageOf } from '../errors.ts';
import { onAbort } from '../io/on-abort.ts';
import { jsonCopy, NotJson } from './json-copy.ts';
import { cannotAnswer } from './mock-fault.ts';
import type { ToolAnswer } from './tool-host.ts';
import type { AcceptedCall, ToolMock } from './tool-mock.ts';

/** What a mock in code is given beside the arguments. */
export interface MockContext<World = Record<string, unknown>> {
  /** The world of the trial; may be changed in place. */
  readonly world: World;
  /** Which call of this tool in the trial it is, from 1; calls whose arguments were refused do not count. */
  readonly call: number;
  readonly tool: string;
  /** Aborts when the trial is stopped. */
  readonly signal: AbortSignal;
  /** An error of the tool, to be thrown: `throw fail('not_found', 'No such order')`. */
  readonly fail: (code: string, message: string) => Error;
}

/** A mock in code: what it returns is the result of the tool. */
export type MockFunction<Args = Record<string, unknown>, World = Record<string, unknown>> = (
  args: Args,
  context: MockContext<World>,
) => unknown;

/** Thrown by a mock to answer with an error, as the tool would. */
class ToolFailure extends Error {
  override readonly name = 'ToolFailure';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const fail = (code: string, message: string): Error =>
  new ToolFailure(String(code), String(message));

/** A tool that a function answers; `written` names it in faults. */
export function mockOfFunction(
  run: (args: unknown, context: MockContext) => unknown,
  written: string,
): ToolMock {
  return {
    begin: () => {
      let calls = 0;
      return (call) => answerOf(run, written, call, ++calls);
    },
  };
}

async function answerOf(
  run: (args: unknown, context: MockContext) => unknown,
  written: string,
  { tool, args, asked, signal, world }: AcceptedCall,
  number: number,
): Promise<ToolAnswer> {
  const fault = (why: string, cause?: unknown) =>
    cannotAnswer(tool, asked, `its mock ${written} ${why}`, cause);
  const context = { world: world(), call: number, tool, signal, fail };
  try {
    const given = await untilAborted(run(args, context), signal);
    if (given instanceof ToolFailure) throw fault('returned what fail() makes, which is thrown');
    return { result: jsonCopy(given) };
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    if (thrown instanceof ToolFailure) {
      return { error: { code: thrown.code, message: thrown.message } };
    }
    if (thrown instanceof AgentopsError) throw thrown;
    if (thrown instanceof NotJson) {
      throw fault(`answered with ${thrown.message}, expected JSON`);
    }
    throw fault(`threw: ${messageOf(thrown)}`, thrown);
  }
}

/** What is given, or a rejection once the signal aborts: a mock may never answer. */
async function untilAborted(given: unknown, signal: AbortSignal): Promise<unknown> {
  if (!isPromiseLike(given)) return given;
  let forget = () => {};
  const aborted = new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else forget = onAbort(signal, stop);
  });
  return Promise.race([given, aborted]).finally(forget);
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return typeof (value as { then?: unknown }).then === 'function'; // any object may have it
}
