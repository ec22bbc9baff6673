import { agentKinds } from '../agents/registry.ts';
import { AgentopsError } from '../errors.ts';
import type { Suite } from '../model/suite.ts';
import { counted } from '../report/figures.ts';
import { createInk } from '../report/ink.ts';
import { openAgents } from '../run/open-agents.ts';
import { planRows, type ReadyRow } from '../run/plan-rows.ts';
import { refuseUnknownNames, type Selection } from '../run/selection.ts';
import { type ExitCode, exitCodeOf } from './exit-code.ts';
import { writeAll } from './output.ts';
import type { Stream } from './streams.ts';

/** Prints the rows that would run, one a line: suite, agent, task, attack, trials and tags. */
export async function listTrials(
  suites: readonly Suite[],
  selection: Selection,
  { output, look }: Stream,
): Promise<ExitCode> {
  refuseUnknownNames(suites, selection);
  const ink = await createInk(look);
  const agents = await openAgents(suites, { agentKinds, selection }, nothingRuns);
  const rows = agents.flatMap((ready) => planRows(ready, selection));
  for (const { agent } of agents) await agent.close();
  if (rows.length === 0)
    throw new AgentopsError('usage', 'Cannot list: the filters leave no trial');
  await writeAll(
    output,
    lines(rows, (text) => ink.line(text)),
  );
  return exitCodeOf({});
}

function nothingRuns(): never {
  throw new AgentopsError('internal', 'Cannot run an agent: trials are only listed');
}

async function* lines(
  rows: readonly ReadyRow[],
  safe: (text: string) => string,
): AsyncGenerator<string> {
  let trials = 0;
  for (const { row } of rows) {
    trials += row.trials;
    const times = counted(row.trials, 'trial');
    const tags = row.tags.length > 0 ? `  [${row.tags.join(', ')}]` : '';
    const skip = row.skip === undefined ? '' : `  skipped: ${row.skip}`;
    const name = row.task ?? '(unreadable lines)';
    const attack = row.attack === null ? '' : `  attack ${row.attack}`;
    yield `${safe(`${row.suite}  ${row.agent}  ${name}${attack}  ${times}${tags}${skip}`)}\n`;
  }
  yield `${counted(rows.length, 'row')}, ${counted(trials, 'trial')}\n`;
}
