import type { Driver, OpenAgent } from './agent.ts';

/** An agent that is run anew for each trial: nothing of it is recorded trial by trial. */
export function unrecorded(
  drive: Driver,
  { recordings = {}, close = () => undefined }: Partial<Pick<OpenAgent, 'recordings' | 'close'>> = {},
): OpenAgent {
  return {
    drive,
    recorded: () => null,
    unreadableTrials: () => [],
    unreadable: [],
    source: null,
    leftOver: () => [],
    recordings,
    close,
  };
}
