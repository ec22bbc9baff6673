import { AgentopsError } from '../errors.ts';
import type { Suite } from '../model/suite.ts';
import type { TrialTools } from '../tools/tool-host.ts';

/** The mocked tools of a suite, started in the world of a task, or in that of the suite. */
export async function startTools(
  suite: Suite,
  _task: Suite['tasks'][number] | undefined,
): Promise<TrialTools> {
  throw new AgentopsError('not_built', `Cannot serve the tools of "${suite.name}": not built yet`);
}
