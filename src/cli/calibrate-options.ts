import type { JudgeMode } from '../model/llm-judge.ts';

/** What `agentops calibrate` was given. */
export interface CalibrateOptions {
  readonly labels?: string[];
  readonly judge?: JudgeMode;
  readonly json?: true;
  readonly save: boolean;
  readonly out?: string;
}
