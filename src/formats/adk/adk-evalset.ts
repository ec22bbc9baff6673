import { isObject } from '../../json/object.ts';
import type { Trajectory } from '../../model/trajectory.ts';
import { eachPart, type Part } from '../each-part.ts';
import { recordFault } from '../each-record.ts';
import type { Converted, Format, ReadOptions, SourceRecord } from '../format.ts';
import { type AdkEvalCase, legacyCase, readEvalCase } from './adk-evalset-record.ts';
import { invocationSteps } from './adk-evalset-steps.ts';
import { adkEvalsetSuite } from './adk-evalset-suite.ts';
import { legacyLists } from './legacy-lists.ts';

/** Eval sets of Google ADK, each case the conversation that it expects; also the lists of turns that came before them. */
export const adkEvalset: Format = {
  key: 'adk-evalset',
  words: 'Eval sets of Google ADK, in all their forms',
  detect: (values) => Math.max(...values.map(likeness), 0),
  read: (records, options) =>
    eachPart(legacyLists(records), (value, record) => partsOf(value, record, options)),
  sideFiles: ['rules'],
  suite: adkEvalsetSuite,
};

function likeness(value: unknown): number {
  if (!isObject(value)) return 0;
  const has = (...keys: string[]) => keys.some((key) => Object.hasOwn(value, key));
  if (Array.isArray(value['eval_cases'] ?? value['evalCases'])) return 1;
  if (has('query') && has('expected_tool_use', 'reference')) return 0.9;
  return Array.isArray(value['data']) && has('name') && value['data'].some(isTurn) ? 0.9 : 0;
}

function isTurn(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, 'query');
}

function* partsOf(value: unknown, record: SourceRecord, options: ReadOptions): Generator<Part> {
  if (Array.isArray(value)) {
    const id = options.task ?? options.file;
    yield part('conversation', value, options, () => legacyCase(id, value));
    return;
  }
  if (!isObject(value)) throw recordFault('It is no eval set, expected "eval_cases"');
  if (Array.isArray(value['data'])) {
    const { data, name } = value;
    yield part('data', value, options, () =>
      legacyCase(typeof name === 'string' && name !== '' ? name : nameless(options, record), data),
    );
    return;
  }
  const cases = value['eval_cases'] ?? value['evalCases'];
  if (!Array.isArray(cases)) throw recordFault('It has no "eval_cases", expected a list of them');
  if (cases.length === 0) throw recordFault('Its "eval_cases" is an empty list');
  const set = value['eval_set_id'] ?? value['evalSetId'];
  for (const [index, one] of cases.entries()) {
    const extra = typeof set === 'string' ? { eval_set_id: set } : {};
    yield part(`eval_cases[${index}]`, one, options, () => readEvalCase(one), extra);
  }
}

function nameless({ file, task }: ReadOptions, { index }: SourceRecord): string {
  return task ?? `${file}#${index + 1}`;
}

function part(
  path: string,
  origin: unknown,
  { agent, file }: ReadOptions,
  read: () => AdkEvalCase,
  extra: Record<string, unknown> = {},
): Part {
  return { path, origin, convert: () => converted(read(), { agent, file, path, extra }) };
}

interface Place {
  readonly agent: string;
  readonly file: string;
  readonly path: string;
  readonly extra: Record<string, unknown>;
}

function converted({ eval_id, conversation }: AdkEvalCase, place: Place): Converted {
  const trajectory: Trajectory = {
    schema_version: 1,
    task: eval_id,
    agent: place.agent,
    trial: 1,
    steps: conversation.flatMap((turn, index) => stepsAt(turn, index)),
    stop: 'completed', // what is expected is whole
    source: { format: 'adk-evalset', file: place.file, part: place.path, ...place.extra },
  };
  return { trajectory, unnumbered: true };
}

function stepsAt(turn: AdkEvalCase['conversation'][number], index: number) {
  try {
    return invocationSteps(turn, index + 1);
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    throw recordFault(`conversation[${index}]: ${thrown.message}`);
  }
}
