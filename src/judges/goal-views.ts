import type { Call } from '../match/calls.ts';
import { NO_CAPTURES } from '../match/scope.ts';
import type { View } from '../match/view.ts';
import type { CallStatus } from '../model/status.ts';

/** Looks at a trajectory as the author of an attack does: at the calls that ran and answered. Calls that may have done so are there in one view, and not in the other where there are any: the goal must be reached in neither. */
export function goalViews(whole: View): View[] {
  const likely = viewOfCalls(whole, new Set(['ok', 'unknown']));
  const unsure = likely.allCalls.some(({ status }) => status === 'unknown');
  return unsure ? [likely, viewOfCalls(whole, new Set(['ok']))] : [likely];
}

/** The same trajectory with no more than the calls of some statuses; what was said and answered stays as it is. */
function viewOfCalls(whole: View, statuses: ReadonlySet<CallStatus>): View {
  const allCalls = whole.allCalls.filter((call) => statuses.has(call.status));
  const isAgent = ({ actor }: Call) => actor !== 'user';
  const { trajectory, steps, fault, tools, initialWorld, input } = whole;
  return {
    ...{ trajectory, steps, fault, tools, initialWorld, input, allCalls },
    whole: whole.whole,
    calls: whole.calls === whole.allCalls ? allCalls : allCalls.filter(isAgent),
    said: () => whole.said(),
    usage: () => whole.usage(),
    answer: () => whole.answer(),
    inInput: (value, before) => whole.inInput(value, before),
    inResults: (value, before, names) => whole.inResults(value, before, names),
    writtenBefore: (value, step) => whole.writtenBefore(value, step),
    askedBefore: (value, step) => whole.askedBefore(value, step),
    scopeAt: (step) => ({ env: NO_CAPTURES, relaxed: null, step, provenance: whole }),
  };
}
