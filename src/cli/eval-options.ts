import type { JudgeMode } from '../model/llm-judge.ts';

/** What `agentops eval` was given. */
export interface EvalOptions {
  readonly agent?: string[];
  readonly task?: string[];
  readonly tag?: string[];
  readonly attack?: string[];
  readonly list?: true;
  readonly trials?: number;
  readonly concurrency?: number;
  readonly seed?: number;
  readonly bail?: true;
  readonly failed?: true;
  readonly label?: string[];
  readonly reporter?: string[];
  readonly out?: string;
  readonly quiet?: true;
  readonly watch?: true;
  readonly record?: true;
  readonly judge?: JudgeMode;
  readonly maxCost?: number;
  readonly maxSeconds?: number;
  readonly baseline?: string;
  readonly failOn?: string[];
  readonly margin?: number;
  readonly untilDecided?: number | true;
}
