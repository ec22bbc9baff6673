import { type Call, NO_APPROVAL, NO_RESULT } from '../match/calls.ts';
import { NOT_KNOWN } from '../match/tri.ts';

/** A call of which nothing came yet, as patterns look at it; `step` is its place in the trajectory. */
export function unrunCall(
  named: Pick<Call, 'step' | 'tool' | 'args'> & { readonly id?: string; readonly actor?: string },
): Call {
  const { step, tool, args, id = '', actor } = named;
  return {
    ...{ step, tool, id, args, asked: args, actor, parallel: undefined },
    status: 'unknown',
    result: NOT_KNOWN,
    error: NOT_KNOWN,
    resultStep: NO_RESULT,
    approval: NO_APPROVAL,
  };
}
