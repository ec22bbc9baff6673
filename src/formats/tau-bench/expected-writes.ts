import type { Tools } from '../../model/tool.ts';
import { recordFault } from '../each-record.ts';
import { callPattern } from '../trajectory-to-suite.ts';

/** A call that leads to the expected state. */
export interface ExpectedCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The expected calls that change the database, as patterns. Throws `input_fault` for a tool that is not known. */
export function expectedWrites(
  task: string,
  calls: readonly ExpectedCall[],
  tools: Tools,
  optional: ReadonlySet<number>,
): unknown[] {
  const isWrite = calls.map(({ name }) => {
    if (Object.hasOwn(tools, name)) return tools[name]?.effect === 'write';
    throw recordFault(`It expects a call of "${name}", which --tools does not hold`);
  });
  const astray = [...optional].find((index) => isWrite[index] !== true);
  if (astray !== undefined) {
    throw recordFault(`Call ${astray} of task "${task}" is optional, but no expected write`);
  }
  return calls.flatMap(({ name, args }, index) => {
    if (!isWrite[index]) return [];
    return [callPattern(name, args, optional.has(index) ? { optional: true } : {})];
  });
}
