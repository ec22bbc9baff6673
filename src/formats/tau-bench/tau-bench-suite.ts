import * as z from 'zod';
import { AgentopsError } from '../../errors.ts';
import { ownValue } from '../../json/object.ts';
import { placeholderIn } from '../../match/placeholder.ts';
import type { Tool, Tools } from '../../model/tool.ts';
import { recordFault } from '../each-record.ts';
import type { SideFiles, SuiteSource, TaskDraft } from '../format.ts';
import { readSideFile } from '../side-file.ts';
import { callPattern } from '../trajectory-to-suite.ts';
import { readTauBenchTasks, type TauBenchTask, tauBenchTask } from './tau-bench-task.ts';
import { readTauBenchTools } from './tau-bench-tools.ts';

type Action = TauBenchTask['actions'][number];

const OptionalWrites = z.looseObject({
  tasks: z
    .record(z.string(), z.array(z.int().nonnegative()))
    .describe('Indices among the expected calls, by `tau-bench:<task id>`'),
});

/** Draws from each record the task whose verdict, computed from a database by tau-bench, follows from the calls that write. Throws `usage` without tools. */
export async function tauBenchSuite(side: SideFiles): Promise<SuiteSource> {
  if (side.tools === undefined) {
    const wanted = 'expected --tools with the function schemas of its domain, "x-write" in each';
    throw new AgentopsError('usage', `Cannot tell which tools of tau-bench write: ${wanted}`);
  }
  const tools = await readTauBenchTools(side.tools);
  const { optionalWrites, tasks } = side;
  const optional = optionalWrites ? await readSideFile(optionalWrites, OptionalWrites) : null;
  const listed = tasks ? await readTauBenchTasks(tasks) : null;
  return {
    tools,
    task: ({ task: id }, origin) => {
      const task = tauBenchTask(origin, listed?.get(id));
      const indices = optional ? ownValue(optional.tasks, `tau-bench:${id}`) : [];
      return draft(id, task, tools, new Set((indices ?? []) as number[])); // as the schema says
    },
  };
}

function draft(
  id: string,
  { instruction, actions, outputs }: TauBenchTask,
  tools: Tools,
  optional: ReadonlySet<number>,
): TaskDraft {
  const said = (outputs ?? []).filter((text) => text !== ''); // what is empty is always said
  return {
    id,
    ...(instruction && { input: instruction }),
    expect: {
      calls: {
        unordered: expectedWrites(id, actions, tools, optional),
        among: { effect: 'write', status: 'ok' },
        args: 'partial',
        lists: 'unordered',
      },
      ...(said.length > 0 && { says: said.map(spoken) }),
    },
  };
}

/** A text as `says` looks for it; one that would be taken for a {{name}} to be put in is written as a pattern. */
function spoken(text: string): unknown {
  if (placeholderIn(text) === null) return text;
  return { $regex: `(?i)${text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}` };
}

/** The calls that change the database; what the agent is to say to the user stands among them as `respond`. */
function expectedWrites(
  id: string,
  actions: readonly Action[],
  tools: Tools,
  optional: ReadonlySet<number>,
): unknown[] {
  const calls = actions.filter(({ name }) => name !== 'respond');
  const isWrite = calls.map(({ name }) => effectOf(name, tools) === 'write');
  const astray = [...optional].find((index) => isWrite[index] !== true);
  if (astray !== undefined) {
    throw recordFault(`Call ${astray} of task "${id}" is optional, but no expected write`);
  }
  return calls.flatMap(({ name, kwargs }, index) => {
    if (!isWrite[index]) return [];
    return [callPattern(name, kwargs, optional.has(index) ? { optional: true } : {})];
  });
}

function effectOf(name: string, tools: Tools): Tool['effect'] {
  if (Object.hasOwn(tools, name)) return tools[name]?.effect;
  throw recordFault(`It expects a call of "${name}", which --tools does not hold`);
}
