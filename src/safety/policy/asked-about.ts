import { isObject, ownValue } from '../../json/object.ts';
import type { Call } from '../../match/calls.ts';

/** The call that a call of the approval tool asks about, as `{ tool, args }` or `{ tool, arguments }` in its arguments; null where it does not say. */
export function askedAbout(request: Call): { tool: string; args: unknown } | null {
  if (!isObject(request.asked)) return null;
  const tool = ownValue(request.asked, 'tool');
  if (typeof tool !== 'string') return null;
  const { asked } = request;
  return { tool, args: ownValue(asked, 'args') ?? ownValue(asked, 'arguments') ?? {} };
}
