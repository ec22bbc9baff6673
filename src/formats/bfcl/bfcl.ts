import { isObject } from '../../json/object.ts';
import { eachRecord } from '../each-record.ts';
import type { Converted, Format, ReadOptions, SourceRecord } from '../format.ts';
import { readBfclRecord } from './bfcl-record.ts';
import { bfclSteps } from './bfcl-steps.ts';
import { bfclSuite } from './bfcl-suite.ts';

/** Result files of the Berkeley Function Calling Leaderboard, one task a record. */
export const bfcl: Format = {
  key: 'bfcl',
  words: 'Result files of the Berkeley Function Calling Leaderboard',
  detect: (values) => Math.max(...values.map(likeness), 0),
  read: (records, options) =>
    eachRecord(records, (value, record) => converted(value, record, options)),
  sideFiles: ['tasks', 'rules', 'tools'],
  suite: bfclSuite,
};

const MARKS = ['input_token_count', 'output_token_count', 'latency'] as const;

function likeness(value: unknown): number {
  if (!isObject(value) || typeof value['id'] !== 'string') return 0;
  const { result } = value;
  if (typeof result !== 'string' && !Array.isArray(result)) return 0;
  return MARKS.some((key) => Object.hasOwn(value, key)) ? 1 : 0.4;
}

/** A task is named after its id, which carries its category. */
function converted(value: unknown, { index }: SourceRecord, options: ReadOptions): Converted {
  const record = readBfclRecord(value);
  return {
    trajectory: {
      schema_version: 1,
      task: record.id,
      agent: options.agent,
      trial: 1,
      steps: bfclSteps(record),
      stop: 'completed',
      source: { format: 'bfcl', file: options.file, index },
    },
    unnumbered: true,
  };
}
