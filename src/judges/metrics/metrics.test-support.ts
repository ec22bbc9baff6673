import { type ComparedCall, comparedCall } from './compared-call.ts';

/** A call in a test: a tool, or a tool with arguments and perhaps a result; arguments that are `undefined` are not known. */
export type Sketch = string | readonly [tool: string, args: unknown, result?: unknown];

/** Makes calls of sketches; a bare tool takes no arguments. */
export function sketched(...calls: readonly Sketch[]): ComparedCall[] {
  return calls.map((call) =>
    typeof call === 'string' ? comparedCall(call, {}) : comparedCall(...call),
  );
}
