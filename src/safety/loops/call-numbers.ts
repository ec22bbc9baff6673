import { sha256Hex } from '../../json/digest.ts';
import { roughNumber } from '../../json/rough-number.ts';
import { callKey, cameKey } from '../../match/call-key.ts';
import type { Call } from '../../match/calls.ts';

/** Numbers that are the same for calls that did, or came to, the same. */
export interface CallNumbers {
  /** Tool and arguments. */
  readonly did: number;
  /** Tool and result, or error. */
  readonly came: number;
}

/** Starts to number calls. A call is written out only once another looks like it. */
export function callNumbers(): (call: Call) => CallNumbers {
  const did = numbering(callKey);
  const came = numbering((call) => `${call.tool}\n${cameKey(call)}`);
  return (call) => ({
    did: did(roughNumber([call.tool, call.args]), call),
    came: came(roughNumber([call.tool, call.result, call.error]), call),
  });
}

/** Calls that look alike: the first of them alone, or all by what they were written out as. */
interface Alike {
  readonly first: Call;
  readonly number: number;
  exact: Map<string, number> | null;
}

function numbering(keyOf: (call: Call) => string): (rough: number, call: Call) => number {
  const byRough = new Map<number, Alike>();
  let count = 0;
  return (rough, call) => {
    const alike = byRough.get(rough);
    if (!alike) {
      byRough.set(rough, { first: call, number: count, exact: null });
      return count++;
    }
    alike.exact ??= new Map([[short(keyOf(alike.first)), alike.number]]);
    const key = short(keyOf(call));
    const number = alike.exact.get(key) ?? count++;
    alike.exact.set(key, number);
    return number;
  };
}

/** A text or its digest, which no key can be: each has a line feed. */
function short(text: string): string {
  return text.length <= 64 ? text : sha256Hex(text);
}
