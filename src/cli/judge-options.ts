import type { JudgeMode } from '../model/llm-judge.ts';

/** What `agentops judge` was given. */
export interface JudgeOptions {
  readonly judge?: JudgeMode;
  readonly only?: string[];
  readonly against?: string;
  readonly json?: true;
  readonly concurrency?: number;
  readonly label?: string[];
  readonly reporter?: string[];
  readonly out?: string;
  readonly maxCost?: number;
  readonly maxSeconds?: number;
  readonly quiet?: true;
}
