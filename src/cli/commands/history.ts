import type { Command } from 'commander';
import { AgentopsError } from '../../errors.ts';
import { counted } from '../../report/figures.ts';
import { historyJson } from '../../report/history-json.ts';
import { historiesTable, historyLines } from '../../report/history-text.ts';
import { createInk } from '../../report/ink.ts';
import { joinLines } from '../../report/join-lines.ts';
import { taskHistory } from '../../store/task-history.ts';
import { warningText } from '../messages.ts';
import { counting } from '../option-values.ts';
import { runsFolder } from '../runs-folder.ts';
import { streamsOf } from '../streams.ts';

interface HistoryOptions {
  readonly agent?: string;
  readonly suite?: string;
  readonly attack?: string;
  readonly last: number;
  readonly json?: boolean;
  readonly out?: string;
}

const LAST = 20;
const MOST_RUNS = 100_000;

/** Registers `history`: how tasks did in the stored runs, and how often they flipped. */
export function historyCommand(program: Command): void {
  program
    .command('history')
    .description('Shows how a task did in the stored runs, and how often it flipped')
    .argument('<task>', 'id of the task; with the wildcard *, several are listed, flakiest first')
    .option('--agent <name>', 'only by this agent (* is a wildcard)')
    .option('--suite <name>', 'only in this suite (* is a wildcard)')
    .option('--attack <name>', 'only under this attack (* is a wildcard), or none for tasks alone')
    .option('--last <n>', 'look at so many of the newest runs', counting(1, MOST_RUNS), LAST)
    .option('--json', 'print it as JSON, for programs')
    .option('--out <dir>', 'folder that keeps the runs')
    .action(async (task: string, options: HistoryOptions, command: Command) => {
      await history(task, options, command);
    });
}

async function history(
  task: string,
  { json, out, ...query }: HistoryOptions,
  command: Command,
): Promise<void> {
  const { stdout, stderr } = streamsOf(command);
  const base = await runsFolder(out);
  const { tasks, runs, warnings } = await taskHistory(base, { ...query, task });
  for (const warning of warnings) {
    await stderr.output.write(await warningText(warning, stderr.look));
  }
  if (tasks.length === 0) throw nothing(task, runs);
  if (json) {
    await stdout.output.write(historyJson(tasks));
    return;
  }
  const ink = await createInk(stdout.look);
  const [only] = tasks;
  const isOne = only !== undefined && tasks.length === 1 && !task.includes('*');
  const lines = isOne ? await historyLines(only, ink) : await historiesTable(tasks, ink);
  await stdout.output.write(joinLines(lines));
}

function nothing(task: string, runs: number): AgentopsError {
  const words =
    runs === 0
      ? 'no run is stored'
      : `none of the ${counted(runs, 'stored run')} has it with these names, agentops history '*' lists what there is`;
  return new AgentopsError('usage', `Cannot find the task "${task}": ${words}`);
}
