import { AgentopsError } from '../errors.ts';
import { canonicalJson } from '../json/canonical.ts';
import { sha256Hex } from '../json/digest.ts';
import { withoutStreaming } from './without-streaming.ts';

/** SHA-256 of a request whose keys are sorted and whose streaming keys are left out: what a recording is looked up by. Throws `model_fault` where it is nested too deeply. */
export function exchangeKey(body: Readonly<Record<string, unknown>>): string {
  try {
    return sha256Hex(canonicalJson(withoutStreaming(body)));
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    const message = 'Cannot tell which request this is: it is nested too deeply';
    throw new AgentopsError('model_fault', message, { cause: thrown });
  }
}
