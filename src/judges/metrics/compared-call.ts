import { canonicalJson } from '../../json/canonical.ts';
import { isObject } from '../../json/object.ts';
import type { Call } from '../../match/calls.ts';
import { hasUnknown } from '../../match/same-json.ts';
import { ABSENT, NOT_KNOWN } from '../../match/tri.ts';

/** A call as metrics compare it: expected or made. */
export interface ComparedCall {
  readonly tool: string;
  /** Arguments; `NOT_KNOWN` where they were not captured. */
  readonly args: unknown;
  /** The same text for calls with the same tool and arguments; null where the arguments are not known in full. */
  readonly key: string | null;
  /** The same text for equal answers of tools; null where the answer is not known or not there. */
  readonly output: string | null;
}

/** Makes a call comparable. */
export function comparedCall(tool: string, args: unknown, result: unknown = ABSENT): ComparedCall {
  const known = isKnown(args);
  return {
    tool,
    args: known ? args : NOT_KNOWN,
    key: known ? `${tool}\n${canonicalJson(args)}` : null,
    output: isKnown(result) ? canonicalJson(result) : null,
  };
}

/** Makes the calls of a trajectory comparable. */
export function comparedCalls(calls: readonly Call[]): ComparedCall[] {
  return calls.map(({ tool, args, result }) => comparedCall(tool, args, result));
}

function isKnown(value: unknown): boolean {
  return typeof value !== 'symbol' && value !== undefined && !hasUnknown(value);
}

/** Names of arguments; none where there is no map of them. */
export function argumentNames({ args }: ComparedCall): string[] {
  return isObject(args) ? Object.keys(args) : [];
}
