import * as z from 'zod';
import type { JudgeMode } from './llm-judge.ts';

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Name of an environment variable. */
export const VariableName = z.string().regex(VARIABLE, {
  error: 'Expected the name of an environment variable',
});

/** Where a model is asked, and the names of the variables that hold what proves who asks. */
export const ModelEndpoint = z.strictObject({
  base_url: z.string().describe('Address such as https://api.openai.com/v1'),
  key_env: VariableName.optional().describe(
    'Environment variable that holds the key; without it none is sent',
  ),
  api: z
    .enum(['openai', 'anthropic'])
    .optional()
    .describe('What the endpoint speaks; unless given, what the agent speaks'),
  headers: z
    .record(z.string(), z.strictObject({ env: VariableName }))
    .optional()
    .describe('More headers, each from an environment variable'),
  concurrency: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('Requests of judges that run at the same time, for each model; 20 unless given'),
  requests_per_minute: z
    .number()
    .positive()
    .optional()
    .describe('Requests of judges that start within a minute, for each model'),
  timeout_seconds: z
    .number()
    .positive()
    .max(3600)
    .optional()
    .describe('Seconds that a whole answer to a judge may take; 120 unless given'),
});
export type ModelEndpoint = z.infer<typeof ModelEndpoint>;

/** Endpoints by name of model; a name may hold one `*`. */
export type ModelsConfig = Readonly<Record<string, ModelEndpoint>>;

const usd = z.number().nonnegative();

/** What a model costs, in US dollars per million tokens. */
export const ModelPrice = z.strictObject({
  input: usd.describe('Tokens read'),
  cached_input: usd.optional().describe('Tokens read from a cache; as `input` unless given'),
  output: usd.describe('Tokens written, those of reasoning included'),
});
export type ModelPrice = z.infer<typeof ModelPrice>;

/** Prices as a file holds them. */
export interface PriceTable {
  /** Day on which they were looked up. */
  readonly as_of?: string;
  /** Where they come from. */
  readonly source?: string;
  readonly usd_per_million_tokens: Readonly<Record<string, ModelPrice>>;
}

/** Defaults of `eval`, which options of the command line override. */
export interface EvalDefaults {
  readonly concurrency?: number;
  readonly trials?: number;
  readonly seed?: number;
  readonly reporter?: readonly string[];
  /** Absolute path of the folder that keeps the runs. */
  readonly out?: string;
  readonly bail?: boolean;
  /** Where answers of LLM judges come from. */
  readonly judge?: JudgeMode;
  /** Ceilings of a run as a whole. */
  readonly max_cost_usd?: number;
  readonly max_seconds?: number;
}

/** What a project sets in `agentops.config.yaml`. */
export interface Config {
  readonly eval: EvalDefaults;
  /** null where the file names no endpoint. */
  readonly models: ModelsConfig | null;
  /** Prices that override those of the package, null where there are none. */
  readonly prices: PriceTable | null;
}
