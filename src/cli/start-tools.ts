import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Suite } from '../model/suite.ts';
import { functionLoader } from '../run/load-function.ts';
import { hostOf } from '../tools/host-of.ts';
import type { TrialTools } from '../tools/tool-host.ts';

/** Starts the mocked tools of a suite, in the world of a task or else in that of the suite. */
export async function startTools(
  suite: Suite,
  task: Suite['tasks'][number] | undefined,
): Promise<TrialTools> {
  const host = await hostOf(suite, {
    load: functionLoader(path.dirname(suite.file)),
    sleep: (ms, signal) => sleep(ms, undefined, { signal }),
  });
  return host.start(task?.world ?? suite.world ?? {});
}
