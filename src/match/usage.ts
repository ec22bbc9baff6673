import { decimalSum } from '../json/decimal-sum.ts';
import type { MessageStep, ModelStep, Step } from '../model/trajectory.ts';

/** What a trajectory cost, as far as it says; null where it does not. */
export interface Usage {
  turns: number;
  /** Exchanges with models: the turns, where there are any. */
  models: number;
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
  durationMs: number | null;
  /** Some model step does not say its tokens, or its cost: the sums are then lower bounds. */
  tokensPartial: boolean;
  costPartial: boolean;
}

/** Adds steps up one by one. */
export interface UsageMeter {
  add(step: Step): void;
  /** The sums so far. */
  read(): Usage;
}

/** Starts to add up. A turn is a `model` step, else an unbroken run of assistant messages and calls; milliseconds are the last `at_ms`. */
export function usageMeter(): UsageMeter {
  const sums: Usage = {
    turns: 0,
    models: 0,
    inputTokens: null,
    outputTokens: null,
    costUsd: null,
    durationMs: null,
    tokensPartial: false,
    costPartial: false,
  };
  let runs = 0;
  let inRun = false;
  return {
    add: (step) => {
      const at = step['at_ms'];
      if (typeof at === 'number') sums.durationMs = at;
      if (step.type === 'model') {
        sums.models++;
        addModel(sums, step as ModelStep); // the tag says so
      } else if (!step.type.startsWith('x-')) {
        const acting = isActing(step);
        if (acting && !inRun) runs++;
        inRun = acting;
      }
    },
    read: () => {
      sums.turns = sums.models > 0 ? sums.models : runs;
      return sums;
    },
  };
}

/** Adds a whole trajectory up. */
export function usageOf(steps: readonly Step[]): Usage {
  const meter = usageMeter();
  for (const step of steps) meter.add(step);
  return meter.read();
}

/** Input and output tokens together, null where neither is told. */
export function tokensOf({ inputTokens, outputTokens }: Usage): number | null {
  return inputTokens === null && outputTokens === null
    ? null
    : (inputTokens ?? 0) + (outputTokens ?? 0);
}

/** Whether the agent says or calls something. */
export function isActing(step: Step): boolean {
  if (step.type === 'tool_call') return step['actor'] !== 'user';
  return step.type === 'message' && (step as MessageStep).role === 'assistant'; // the tag says so
}

function addModel(sums: Usage, step: ModelStep): void {
  const { input_tokens: input, output_tokens: output } = step.usage ?? {};
  if (typeof input === 'number') sums.inputTokens = (sums.inputTokens ?? 0) + input;
  if (typeof output === 'number') sums.outputTokens = (sums.outputTokens ?? 0) + output;
  if (typeof input !== 'number' || typeof output !== 'number') sums.tokensPartial = true;
  if (typeof step.cost_usd === 'number')
    sums.costUsd = decimalSum([sums.costUsd ?? 0, step.cost_usd]);
  else sums.costPartial = true;
}
