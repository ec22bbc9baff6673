import * as z from 'zod';
import { isObject } from '../../json/object.ts';
import type { Path } from '../../match/operator.ts';
import { REQUIRING } from '../../match/pattern.ts';
import { type PatternSource, readPattern } from '../../match/pattern-source.ts';
import { requiringPatternSchema } from '../../match/schema.ts';
import { ABSENT, NOT_KNOWN } from '../../match/tri.ts';
import { chosen } from '../../suite/chosen.ts';
import type { PatternAt } from '../../suite/kinds.ts';
import { type ComparedCall, comparedCall } from './compared-call.ts';

/** What the metrics that are asked for compare beside the names of tools. */
export interface Compared {
  readonly args: boolean;
  readonly output: boolean;
}

/** A fault in a reference that its shape cannot tell. */
interface ReferenceFault {
  path: Path;
  message: string;
}

/** The expected calls: a list of literal call patterns, or one such list for each turn. */
export const Reference: z.ZodType = z.array(
  chosen(
    (value) => (Array.isArray(value) ? 1 : 0),
    requiringPatternSchema,
    z.array(requiringPatternSchema),
  ),
);

/** Call patterns of a reference with their places, as far as its shape is sound. */
export function patternsOfReference(reference: unknown, path: Path): PatternAt[] {
  if (!Array.isArray(reference)) return [];
  return reference.flatMap((entry: unknown, index): PatternAt[] =>
    Array.isArray(entry)
      ? patternsOfReference(entry, [...path, index])
      : [{ path: [...path, index], pattern: entry }],
  );
}

/** What keeps a reference from being compared: it holds literal calls, and as much of each as is compared. */
export function referenceFaults(
  reference: unknown,
  compared: Compared,
  path: Path,
): ReferenceFault[] {
  if (!Array.isArray(reference)) return [];
  const lists = reference.filter((entry) => Array.isArray(entry)).length;
  if (lists > 0 && lists < reference.length) {
    return [{ path, message: 'Give either calls, or one list of calls for each turn, not both' }];
  }
  return patternsOfReference(reference, path).flatMap(({ pattern, path: at }) => {
    const message = faultOf(sourceOf(pattern), compared);
    return message === null ? [] : [{ path: at, message }];
  });
}

/** The expected calls by turn; calls without turns are those of one. */
export function referenceTurns(reference: readonly unknown[]): ComparedCall[][] {
  const byTurn = reference.length > 0 && reference.every((entry) => Array.isArray(entry));
  const turns = byTurn ? (reference as unknown[][]) : [reference]; // every entry is a list
  return turns.map((turn) => turn.map(expectedCall));
}

function expectedCall(pattern: unknown): ComparedCall {
  const source = sourceOf(pattern);
  if (!source) throw new TypeError('A reference holds call patterns'); // validated
  const { modifiers, args, tool } = source;
  const result = Object.hasOwn(modifiers, 'result') ? modifiers['result'] : ABSENT;
  return comparedCall(tool, args ? args.value : NOT_KNOWN, result);
}

function sourceOf(pattern: unknown): PatternSource | null {
  return readPattern(pattern, REQUIRING, () => {}, []);
}

function faultOf(source: PatternSource | null, compared: Compared): string | null {
  if (!source) return null; // that is told
  const { tool, args, modifiers } = source;
  if (tool.includes('*')) return `A reference names each tool, "${tool}" is a wildcard`;
  const other = Object.keys(modifiers).find((name) => name !== 'result');
  if (other !== undefined) return `A reference holds calls with args and result, not ${other}`;
  const operator = operatorIn([args?.value, modifiers['result']]);
  if (operator !== null) return `A reference holds literal values, not ${operator}`;
  if (compared.args && !args) {
    return `A metric compares arguments: give those of ${tool}, or "${tool}: {}" for none`;
  }
  if (compared.output && !Object.hasOwn(modifiers, 'result')) {
    return `A metric compares outputs: give ${tool} its result`;
  }
  return null;
}

/** The first `$` key in a value. */
function operatorIn(value: unknown): string | null {
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = operatorIn(item);
      if (found !== null) return found;
    }
    return null;
  }
  if (!isObject(value)) return null;
  const own = Object.keys(value).find((key) => key.startsWith('$'));
  return own ?? operatorIn(Object.values(value));
}
