import { canonicalJson } from '../json/canonical.ts';
import type { Call } from './calls.ts';

/** Text that is the same for calls with the same tool and arguments. */
export function callKey(call: Call): string {
  return `${call.tool}\n${typeof call.args === 'symbol' ? '?' : canonicalJson(call.args ?? null)}`;
}

/** Text that is the same for calls with the same result, or the same error. */
export function cameKey(call: Call): string {
  const came = [call.result, call.error].map((one) =>
    typeof one === 'symbol' ? '?' : canonicalJson(one ?? null),
  );
  return came.join('\n');
}
