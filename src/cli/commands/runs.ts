import type { Command } from 'commander';
import { AgentopsError } from '../../errors.ts';
import { counted } from '../../report/figures.ts';
import { createInk } from '../../report/ink.ts';
import { joinLines } from '../../report/join-lines.ts';
import { jsonLine } from '../../report/json-text.ts';
import { runsTable } from '../../report/runs-table.ts';
import { listRunIds, pruneRuns } from '../../store/runs-list.ts';
import { runEntry } from '../run-entry.ts';
import { runsFolder } from '../runs-folder.ts';
import { streamsOf } from '../streams.ts';

interface ListOptions {
  readonly all?: boolean;
  readonly json?: boolean;
  readonly out?: string;
}

interface PruneOptions {
  readonly keep: string;
  readonly force?: boolean;
  readonly out?: string;
}

const SHOWN = 20;

/** Registers `runs list` and `runs prune`. */
export function runsCommand(program: Command): void {
  const runs = program.command('runs').description('Lists and removes stored runs');
  runs
    .command('list')
    .description('Lists the newest runs')
    .option('--all', `all runs, not only the newest ${SHOWN}`)
    .option('--json', 'print all runs as JSON, for programs')
    .option('--out <dir>', 'folder that keeps the runs')
    .action(async (options: ListOptions, command: Command) => list(options, command));
  runs
    .command('prune')
    .description('Removes all but the newest runs')
    .option('--keep <number>', 'how many runs to keep', String(SHOWN))
    .option('--force', 'also runs that may still be under way')
    .option('--out <dir>', 'folder that keeps the runs')
    .action(async (options: PruneOptions, command: Command) => prune(options, command));
  for (const command of runs.commands) command.exitOverride().copyInheritedSettings(program);
}

async function list({ all, json, out }: ListOptions, command: Command): Promise<void> {
  const { stdout } = streamsOf(command);
  const base = await runsFolder(out);
  const ids = (await listRunIds(base)).reverse();
  const shown = all || json ? ids : ids.slice(0, SHOWN);
  const runs = [];
  for (const id of shown) runs.push(await runEntry(id, base));
  if (json) {
    const lines = runs.map((run) => `\n${jsonLine(run)}`).join(',');
    await stdout.output.write(`[${lines}\n]\n`);
    return;
  }
  const ink = await createInk(stdout.look);
  const lines = runs.length === 0 ? ['There are no runs yet'] : await runsTable(runs, ink);
  const left = ids.length - shown.length;
  if (left > 0) lines.push(ink.faint(`${ink.signs.ellipsis} ${left} older: --all lists them`));
  await stdout.output.write(joinLines(lines));
}

async function prune({ keep, force, out }: PruneOptions, command: Command): Promise<void> {
  const { stdout } = streamsOf(command);
  if (!/^\d{1,9}$/.test(keep)) {
    throw new AgentopsError('usage', `Cannot keep "${keep}" runs: expected a whole number`);
  }
  const base = await runsFolder(out);
  const settings = { keep: Number(keep), now: Date.now, force: force === true };
  const removed = await pruneRuns(base, settings);
  const left = await listRunIds(base);
  await stdout.output.write(`Removed ${counted(removed.length, 'run')}, kept ${left.length}\n`);
}
