import * as z from 'zod';
import { baseUrlProblem } from '../io/base-url.ts';
import { isObject } from '../json/object.ts';
import { nearestName } from '../match/nearest-name.ts';
import { ModelEndpoint, ModelPrice, VariableName } from '../model/config.ts';
import { JudgeMode } from '../model/llm-judge.ts';
import { trialsSchema } from './limits-schema.ts';
import { mapOf } from './map-of.ts';
import { someOf, suggestion } from './schema-message.ts';
import { fileOr, name, text } from './text-schema.ts';
import { unfaulted } from './unfaulted.ts';

/** The most trials that run at the same time. */
const MOST_AT_ONCE = 1000;

const modelName = name.regex(/^[^*]*\*?[^*]*$/, {
  error: 'Expected the name of a model with one * at most',
});

const endpoint = ModelEndpoint.extend({
  base_url: z
    .string()
    .refine((value) => baseUrlProblem(value) === null, {
      error: ({ input }) => baseUrlProblem(String(input)) ?? '',
    })
    .describe('Address such as https://api.openai.com/v1'),
  headers: mapOf(
    z.strictObject({ env: VariableName.describe('Environment variable that holds the value') }),
    name.regex(/^[\w!#$%&'*+.^`|~-]+$/, { error: 'Expected the name of a header' }),
  )
    .optional()
    .describe('More headers, each from an environment variable'),
});

const notEmpty = (value: unknown) => isObject(value) && Object.keys(value).length > 0;

/** A file of prices, or the same inside of a configuration. */
export const priceTableSchema = z.strictObject({
  as_of: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'Expected a day such as 2026-07-01' })
    .optional()
    .describe('Day on which the prices were looked up'),
  source: text.optional().describe('Where the prices come from'),
  usd_per_million_tokens: mapOf(ModelPrice, name)
    .refine(notEmpty, unfaulted('Expected the price of at least one model'))
    .describe('Prices by name of model, in US dollars per million tokens'),
});

/** The schema of `agentops.config.yaml`; names of reporters are checked where they are known. */
export function configSchema(reporters: readonly string[] | null = null): z.ZodType {
  return z.strictObject({
    eval: evalSchema(reporters)
      .optional()
      .describe('Defaults of `agentops eval`; options of the command line go before them'),
    models: mapOf(endpoint, modelName)
      .refine(notEmpty, unfaulted('Expected at least one model, or no "models"'))
      .optional()
      .describe('Endpoints by name of model; one * stands for any text'),
    prices: fileOr(priceTableSchema)
      .optional()
      .describe('Prices that override those of the package, or the path of a file with them'),
  });
}

function evalSchema(reporters: readonly string[] | null): z.ZodType {
  return z.strictObject({
    concurrency: z
      .int()
      .positive()
      .max(MOST_AT_ONCE)
      .optional()
      .describe('Trials that run at the same time'),
    trials: trialsSchema.optional().describe('Trials per task, instead of what the suites say'),
    seed: z.int().nonnegative().optional().describe('Seed of what is random'),
    reporter: z
      .array(reporterSchema(reporters))
      .min(1)
      .optional()
      .describe('How to report, as NAME or NAME=FILE'),
    out: text.optional().describe('Folder that keeps the runs'),
    bail: z.boolean().optional().describe('Stop after the first trial that does not pass'),
    judge: JudgeMode.optional().describe('Where answers of LLM judges come from'),
    max_cost_usd: z.number().nonnegative().optional().describe('US dollars that a run may cost'),
    max_seconds: z.number().positive().optional().describe('Seconds that a run may take'),
  });
}

function reporterSchema(reporters: readonly string[] | null): z.ZodType {
  const isKnown = (value: string) => !reporters || reporters.includes(nameOf(value));
  return text
    .refine((value) => !value.endsWith('='), { error: 'Expected a path after "="' })
    .refine(isKnown, {
      error: ({ input }) => unknownReporter(nameOf(String(input)), reporters ?? []),
    });
}

function nameOf(value: string): string {
  return value.split('=', 1)[0] ?? '';
}

function unknownReporter(given: string, known: readonly string[]): string {
  const near = nearestName(given, known);
  const mend = near === null ? `expected one of ${someOf(known)}` : suggestion(near);
  return `There is no reporter ${JSON.stringify(given)}, ${mend}`;
}
