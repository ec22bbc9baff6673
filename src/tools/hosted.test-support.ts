import type { Mock, MockEntry, Tool } from '../model/tool.ts';
import { type HostOptions, hostOf } from './host-of.ts';
import type { ToolAnswer, ToolHost, TrialTools } from './tool-host.ts';

/** A host of these tools; functions come from `load`, and no delay is waited for unless `sleep` does so. */
export function hostOfTools(
  tools: Readonly<Record<string, Tool>>,
  options: Partial<HostOptions> = {},
): Promise<ToolHost> {
  const load = () => Promise.reject(new Error('It is not there'));
  const named = Object.assign(Object.create(null), tools);
  return hostOf({ tools: named }, { load, sleep: async () => {}, ...options });
}

/** A mock of scripted answers. */
export function entries(...list: MockEntry[]): { mock: Mock } {
  return { mock: { kind: 'entries', entries: list } };
}

/** Calls a tool of a trial. */
export function ask(
  trial: TrialTools,
  tool: string,
  args: unknown = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<ToolAnswer> {
  return trial.call({ tool, args, signal });
}
