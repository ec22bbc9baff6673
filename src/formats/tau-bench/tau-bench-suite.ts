import { AgentopsError } from '../../errors.ts';
import type { Tools } from '../../model/tool.ts';
import type { SideFiles, SuiteSource, TaskDraft } from '../format.ts';
import { spoken } from '../spoken.ts';
import { expectedWrites } from './expected-writes.ts';
import { readOptionalWrites } from './optional-writes.ts';
import { readTauBenchTasks, type TauBenchTask, tauBenchTask } from './tau-bench-task.ts';
import { readTauBenchTools } from './tau-bench-tools.ts';

/** Draws from each record the task whose verdict, computed from a database by tau-bench, follows from the calls that write. Throws `usage` without tools. */
export async function tauBenchSuite(side: SideFiles): Promise<SuiteSource> {
  if (side.tools === undefined) {
    const wanted = 'expected --tools with the function schemas of its domain, "x-write" in each';
    throw new AgentopsError('usage', `Cannot tell which tools of tau-bench write: ${wanted}`);
  }
  const tools = await readTauBenchTools(side.tools);
  const optionalOf = await readOptionalWrites(side.optionalWrites, 'tau-bench');
  const listed = side.tasks ? await readTauBenchTasks(side.tasks) : null;
  return {
    tools,
    task: ({ task: id }, origin) =>
      draft(id, tauBenchTask(origin, listed?.get(id)), tools, optionalOf(id)),
  };
}

function draft(
  id: string,
  { instruction, actions, outputs }: TauBenchTask,
  tools: Tools,
  optional: ReadonlySet<number>,
): TaskDraft {
  const said = (outputs ?? []).filter((text) => text !== ''); // what is empty is always said
  // What the agent is to say to the user stands among the calls
  const calls = actions.filter(({ name }) => name !== 'respond');
  const expected = calls.map(({ name, kwargs }) => ({ name, args: kwargs }));
  return {
    id,
    ...(instruction && { input: instruction }),
    expect: {
      calls: {
        unordered: expectedWrites(id, expected, tools, optional),
        among: { effect: 'write', status: 'ok' },
        args: 'partial',
        lists: 'unordered',
      },
      ...(said.length > 0 && { says: said.map(spoken) }),
    },
  };
}
