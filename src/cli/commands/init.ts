import { type Command, Option } from 'commander';
import { AgentopsError } from '../../errors.ts';
import { type CiSystem, ciFiles, ciSystems } from '../ci-files.ts';
import type { ExitCode } from '../exit-code.ts';
import { initFiles } from '../init-files.ts';
import { initProject } from '../init-project.ts';
import { initSafety, type SafetyFlags } from '../init-safety.ts';
import { noteText } from '../messages.ts';
import { schemaText } from '../schema-text.ts';
import { streamsOf } from '../streams.ts';

interface InitFlags extends SafetyFlags {
  readonly safety?: boolean;
  readonly ci: CiSystem;
}

/** Registers `init`: writes a first suite with all that it takes to run. */
export function initCommand(program: Command): void {
  program
    .command('init')
    .description('Writes a first suite, its tools, an agent and a CI workflow that run as they are')
    .addOption(
      new Option('--ci <system>', 'whose workflow to write').choices(ciSystems).default('github'),
    )
    .option('--safety', 'a suite about safety instead: policy, approvals, attacks, for your tools')
    .option(
      '--tools <file>',
      'with --safety: your tools: ours, function schemas, tools/list of MCP, or OpenAPI 3',
    )
    .option('--mcp <command>', 'with --safety: start this server of MCP and ask it for its tools')
    .action(async (flags: InitFlags, command: Command) => {
      const { safety, ci, ...source } = flags;
      process.exitCode = await (safety
        ? initSafety(source, ci, command)
        : init(source, ci, command));
    });
}

async function init(source: SafetyFlags, ci: CiSystem, command: Command): Promise<ExitCode> {
  const [stray] = Object.keys(source).filter((key) => key !== 'color');
  if (stray !== undefined) {
    throw new AgentopsError('usage', `Cannot use --${stray} alone: it is for init --safety`);
  }
  const { stdout } = streamsOf(command);
  const schema = `${JSON.stringify(JSON.parse(await schemaText('suite')))}\n`;
  const files = [...initFiles(schema), ...ciFiles(ci, __AGENTOPS_VERSION__)];
  const written = await initProject(process.cwd(), files);
  const list = written.map((file) => `  ${file}`).join('\n');
  const note = `Wrote\n${list}\n\nNext: agentops eval`;
  await stdout.output.write(await noteText(note, stdout.look));
  return 0;
}
