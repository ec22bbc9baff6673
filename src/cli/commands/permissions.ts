import type { Command } from 'commander';
import { createInk } from '../../report/ink.ts';
import { joinLines } from '../../report/join-lines.ts';
import { jsonLine } from '../../report/json-text.ts';
import { permissionJson } from '../../report/permission-json.ts';
import { permissionLines } from '../../report/permission-lines.ts';
import { runPermissions } from '../../report/run-permissions.ts';
import { warningText } from '../messages.ts';
import { openRun } from '../open-run.ts';
import { writeAll } from '../output.ts';
import { streamsOf } from '../streams.ts';

interface PermissionsOptions {
  readonly json?: boolean;
  readonly out?: string;
}

/** Registers `permissions`: what agents were granted, what they used, and a narrower policy. */
export function permissionsCommand(program: Command): void {
  program
    .command('permissions')
    .description('Compares what agents were granted with what they used, and proposes a policy')
    .argument('<run>', 'id of the run or its beginning, latest, or its folder')
    .option('--json', 'print it as JSON, for programs')
    .option('--out <dir>', 'folder that keeps the runs')
    .action(async (run: string, options: PermissionsOptions, command: Command): Promise<void> => {
      await permissions(run, options, command);
    });
}

async function permissions(
  reference: string,
  { json, out }: PermissionsOptions,
  command: Command,
): Promise<void> {
  const { stdout, stderr } = streamsOf(command);
  const run = await openRun(reference, out);
  for (const warning of run.warnings) {
    await stderr.output.write(await warningText(warning, stderr.look));
  }
  const agents = await runPermissions(run);
  if (json) {
    await stdout.output.write(`${jsonLine(permissionJson(run.id, agents))}\n`);
    return;
  }
  const ink = await createInk(stdout.look);
  async function* pieces() {
    for (const [index, agent] of agents.entries()) {
      yield joinLines([...(index > 0 ? [''] : []), ...permissionLines(agent, ink)]);
    }
  }
  await writeAll(stdout.output, pieces());
}
