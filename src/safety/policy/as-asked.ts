import type { Call } from '../../match/calls.ts';

/** The call with the arguments that were asked for, whatever it ran with. */
export function asAsked(call: Call): Call {
  return call.args === call.asked ? call : { ...call, args: call.asked };
}
