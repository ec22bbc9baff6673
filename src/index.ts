export type { ModuleAgent, ModuleTask } from './agents/module.ts';
export type { ModuleContext } from './agents/module-context.ts';
export { AgentopsError, type ErrorCode } from './errors.ts';
export type { SideFiles, SuiteSource, TaskDraft } from './formats/format.ts';
export {
  type Imported,
  type ImportFault,
  type ImportItem,
  type ImportOptions,
  importFiles,
} from './formats/import-files.ts';
export type { Check, CheckContext } from './judges/check.ts';
export { type Judge, type JudgeOptions, judge, prepareJudge } from './judges/judge-trajectory.ts';
export type { Judged } from './judges/judge-view.ts';
export type { Expectations } from './model/expectations.ts';
export type { Policy } from './model/policy.ts';
export type { RunSummary } from './model/run.ts';
export type { Fault, Suite, Task, World } from './model/suite.ts';
export type { Tool, Tools } from './model/tool.ts';
export type { Step, Trajectory } from './model/trajectory.ts';
export type { TrialResult } from './model/trial-result.ts';
export type { Outcome, Verdict } from './model/verdict.ts';
export { loadSuite, type RunSuiteOptions, runSuite } from './run/library.ts';
export type { StoredRun } from './store/stored-run.ts';
export type { MockContext, MockFunction } from './tools/mock-function.ts';
