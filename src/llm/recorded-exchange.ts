import * as z from 'zod';
import { Dialect } from '../model/exchange.ts';

/** Version of the format of recordings. */
export const RECORDING_VERSION = 1;

/** One exchange with a model, a line of a recording. */
export const RecordedExchange = z.looseObject({
  schema_version: z.literal(RECORDING_VERSION),
  dialect: Dialect.describe('Protocol in which the model was asked'),
  task: z.string().describe('Task that asked'),
  trial: z.int().positive().describe('Trial of the task, from 1'),
  nth: z.int().positive().describe('Which request of the trial it was, from 1'),
  key: z
    .string()
    .optional()
    .describe('SHA-256 of the request; what counts is the request where there is one'),
  request: z.record(z.string(), z.unknown()).optional().describe('What was posted, unstreamed'),
  response: z
    .looseObject({ status: z.int().min(100).max(599), body: z.unknown() })
    .describe('What came back'),
});
export type RecordedExchange = z.infer<typeof RecordedExchange>;
