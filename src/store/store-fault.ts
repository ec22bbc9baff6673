import { AgentopsError } from '../errors.ts';

/** An error about a stored run that cannot be read: the place, such as a quoted file with a line, and what is wrong there. */
export function storeFault(place: string, state: string, cause?: unknown): AgentopsError {
  return new AgentopsError('store_fault', `Cannot read ${place}: ${state}`, { cause });
}
