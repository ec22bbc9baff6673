import * as z from 'zod';
import { AgentopsError, messageOf } from '../errors.ts';
import { isObject } from '../json/object.ts';
import { pairCalls } from '../match/calls.ts';
import { type Step, Trajectory } from '../model/trajectory.ts';
import type { ToolAnswer } from './tool-host.ts';

/** A call with its answer as one line of a recording has it. */
export interface RecordedCall {
  readonly tool: string;
  readonly args: unknown;
  /** Which call with these arguments it is, from 1; the next one of the recording where the line does not say. */
  readonly nth?: number | undefined;
  readonly answer: ToolAnswer;
}

/** The answered calls of a line: of one call, or of a whole trajectory, whose calls are counted by themselves. */
export interface RecordedCalls {
  readonly kind: 'call' | 'trajectory';
  readonly calls: readonly RecordedCall[];
}

const CallLine = z.looseObject({
  schema_version: z.number(),
  tool: z.string(),
  args: z.unknown(),
  nth: z.int().positive().optional(),
  result: z.unknown().optional(),
  error: z.union([z.string(), z.looseObject({})]).optional(),
});

/** Reads one line of a recording of tools. Throws `input_fault` with what is wrong, after a colon. */
export function recordedCalls(text: string): RecordedCalls {
  const value = parse(text);
  if (!isObject(value)) throw fault('it is no object');
  return Array.isArray(value['steps'])
    ? { kind: 'trajectory', calls: callsOfTrajectory(value) }
    : { kind: 'call', calls: [callOfLine(value)] };
}

function callOfLine(value: Record<string, unknown>): RecordedCall {
  const parsed = CallLine.safeParse(value);
  if (!parsed.success) throw schemaFault(parsed.error);
  const { schema_version: version, tool, nth, error } = parsed.data;
  if (version !== 1) throw fault(`its schema_version is ${version}, expected 1`);
  if (!Object.hasOwn(value, 'args')) throw fault('it has no "args"');
  if (Object.hasOwn(value, 'result') === (error !== undefined)) {
    throw fault('expected either a "result" or an "error"');
  }
  const args = value['args']; // the copy of the schema would lose keys such as __proto__
  const answer = error === undefined ? { result: value['result'] } : { error: errorOf(error) };
  return { tool, args, nth, answer };
}

function callsOfTrajectory(value: Record<string, unknown>): RecordedCall[] {
  const parsed = Trajectory.safeParse(value);
  if (!parsed.success) throw schemaFault(parsed.error);
  const { calls, fault: odd } = pairCalls(value['steps'] as Step[]); // the schema accepted them
  if (odd !== null) throw fault(odd);
  return calls.flatMap(({ tool, args, actor, status, result, error }): RecordedCall[] => {
    if (actor === 'user' || typeof args === 'symbol') return [];
    if (status === 'ok' && typeof result !== 'symbol') return [{ tool, args, answer: { result } }];
    return status === 'failed' ? [{ tool, args, answer: { error: errorOf(error) } }] : [];
  });
}

/** An error of a record as a tool gives it. */
function errorOf(error: unknown): { message: string; code?: string } {
  if (!isObject(error)) return { message: String(error) };
  const { code, message } = error;
  const known = typeof code === 'string' || typeof code === 'number' ? String(code) : undefined;
  const text = typeof message === 'string' ? message : (known ?? 'Failed');
  return known === undefined ? { message: text } : { code: known, message: text };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw fault(`it is not JSON: ${messageOf(thrown)}`);
  }
}

function schemaFault(error: z.ZodError): AgentopsError {
  const [issue] = error.issues;
  return fault(`${issue?.path.join('.') || 'it'}: ${issue?.message}`);
}

function fault(message: string): AgentopsError {
  return new AgentopsError('input_fault', message);
}
