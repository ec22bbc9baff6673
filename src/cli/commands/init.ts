import { type Command, Option } from 'commander';
import { AgentopsError } from '../../errors.ts';
import { type CiSystem, ciFiles, ciSystems } from '../ci-files.ts';
import type { ExitCode } from '../exit-code.ts';
import { initFiles } from '../init-files.ts';
import { addToProject, hasSuites, initProject } from '../init-project.ts';
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
      new Option('--ci <system>', 'whose workflow to write, alone where there are suites')
        .choices(ciSystems)
        .default('github'),
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
  const isAsked = command.getOptionValueSource('ci') === 'cli' && ci !== 'none';
  const own = ciFiles(ci, __AGENTOPS_VERSION__);
  if (isAsked && (await hasSuites(process.cwd()))) {
    const added = await addToProject(process.cwd(), own, []);
    await stdout.output.write(await noteText(wroteText(added, 'commit them'), stdout.look));
    return 0;
  }
  const schema = `${JSON.stringify(JSON.parse(await schemaText('suite')))}\n`;
  const written = await initProject(process.cwd(), [...initFiles(schema), ...own]);
  await stdout.output.write(await noteText(wroteText(written, 'agentops eval'), stdout.look));
  return 0;
}

function wroteText(files: readonly string[], next: string): string {
  return `Wrote\n${files.map((file) => `  ${file}`).join('\n')}\n\nNext: ${next}`;
}
