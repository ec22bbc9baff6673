import type * as z from 'zod';
import { ON_KEY } from '../match/schema.ts';
import { scriptSchema } from './script-schema.ts';
import { filePath } from './text-schema.ts';

/** Where models answer from; from the endpoints of the configuration unless one is given. */
export const modelKeys = {
  script: scriptSchema
    .optional()
    .describe('What its models say, turn by turn, or the path of a file that holds it'),
  recording: filePath
    .optional()
    .describe('Recorded exchanges with its models, replayed offline, refreshed with --record'),
};

/** Tells where more than one source is given, or one that nobody asks. */
export const oneSource: z.core.CheckFn<Record<string, unknown>> = ({ value, issues }) => {
  const given = Object.keys(modelKeys).filter((key) => value[key] !== undefined);
  const tell = (message: string) =>
    issues.push({
      code: 'custom',
      message,
      input: value,
      path: [given.at(-1) ?? ''],
      params: ON_KEY,
    });
  if (given.length > 1) tell('Both script and recording are given: its models answer from one');
  else if (given.length === 1 && Object.hasOwn(value, 'replay')) {
    tell(`${given[0]} has no part in replay: no agent runs and no model is asked`);
  }
};
