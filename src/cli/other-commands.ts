import type { Command } from 'commander';
import { baselineCommand } from './commands/baseline.ts';
import { calibrateCommand } from './commands/calibrate.ts';
import { diffCommand } from './commands/diff.ts';
import { exportCommand } from './commands/export.ts';
import { historyCommand } from './commands/history.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { judgeCommand } from './commands/judge.ts';
import { mcpCommand } from './commands/mcp.ts';
import { permissionsCommand } from './commands/permissions.ts';
import { reportCommand } from './commands/report.ts';
import { reviewCommand } from './commands/review.ts';
import { runsCommand } from './commands/runs.ts';
import { schemaCommand } from './commands/schema.ts';
import { showCommand } from './commands/show.ts';
import { validateCommand } from './commands/validate.ts';

/** Registers every command but `eval`, which must start without waiting for them. */
export function otherCommands(program: Command): void {
  validateCommand(program);
  reportCommand(program);
  showCommand(program);
  reviewCommand(program);
  judgeCommand(program);
  calibrateCommand(program);
  diffCommand(program);
  baselineCommand(program);
  historyCommand(program);
  permissionsCommand(program);
  runsCommand(program);
  importCommand(program);
  exportCommand(program);
  initCommand(program);
  schemaCommand(program);
  mcpCommand(program);
}
