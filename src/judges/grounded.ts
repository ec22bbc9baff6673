import * as z from 'zod';
import { isObject } from '../json/object.ts';
import type { Call } from '../match/calls.ts';
import { showValue } from '../match/show.ts';
import { ABSENT, holds, NOT_KNOWN, type Reading, type Tri, UNKNOWN, YES } from '../match/tri.ts';
import { either, type View } from '../match/view.ts';
import { wildcard } from '../match/wildcard.ts';
import type { NameAt } from '../suite/kinds.ts';
import { mapOf } from '../suite/map-of.ts';
import { failed, type JudgeKind, passed } from './judge.ts';
import { notEmpty } from './not-empty.ts';
import { entriesOf, itemsOf } from './parts-of.ts';

/** Strings shorter than this say too little to be traced. */
const SHORTEST = 3;

/** Named arguments carry values that the user or an earlier result brought in. */
export const grounded: JudgeKind = {
  key: 'grounded',
  kind: 'rule',
  words: 'These arguments occur earlier in the input or in a result',
  schema: notEmpty(mapOf(z.array(z.string()).min(1)), 'Give at least one tool with its arguments'),
  names: (value) =>
    entriesOf(value).flatMap(([tool, args]): NameAt[] => [
      { path: [tool], on: 'key', tool },
      ...itemsOf(args).flatMap(({ item: argument, index }): NameAt[] =>
        typeof argument === 'string' && argument !== '*'
          ? [{ path: [tool, index], on: 'value', tool, argument }]
          : [],
      ),
    ]),
  prepare: (value, setting) => {
    const rules = Object.entries(value as Record<string, string[]>).map(([tool, args]) => ({
      // validated
      is: wildcard(tool),
      args,
    }));
    return [
      {
        suffix: [],
        needsCalls: true,
        judge: (view) => {
          const faults = view.calls.flatMap((call) =>
            rules.flatMap(({ is, args }) =>
              is(call.tool) ? ungrounded(call, args, view, setting.reading) : [],
            ),
          );
          const [first] = faults;
          if (!first) return passed('Every such value occurs earlier');
          const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
          const steps = [...new Set(faults.map(({ step }) => step))];
          return failed(`${first.words}${more}`, steps, { faults });
        },
      },
    ];
  },
};

interface Fault {
  step: number;
  arg: string;
  words: string;
}

function ungrounded(call: Call, args: readonly string[], view: View, reading: Reading): Fault[] {
  const known = isObject(call.args) ? call.args : {};
  const names = args.includes('*') ? Object.keys(known) : args;
  return names.flatMap((arg) => {
    const value = argumentOf(call, arg);
    if (value === ABSENT || holds(traced(value, view, call.step), reading)) return [];
    const shown = showValue(value, 80);
    return [
      {
        step: call.step,
        arg,
        words: `Step ${call.step} calls ${call.tool} with ${arg} ${shown}, which occurs nowhere earlier`,
      },
    ];
  });
}

function argumentOf(call: Call, arg: string): unknown {
  if (call.args === NOT_KNOWN) return NOT_KNOWN;
  return isObject(call.args) && Object.hasOwn(call.args, arg) ? call.args[arg] : ABSENT;
}

/** Whether every leaf of a value that says enough occurs earlier. */
function traced(value: unknown, view: View, step: number): Tri {
  if (value === NOT_KNOWN) return UNKNOWN;
  if (typeof value === 'boolean' || value === null) return YES;
  if (typeof value === 'string' && isShort(value)) return YES;
  if (typeof value !== 'object') {
    const said = view.inInput(value, step);
    if (said === YES) return YES;
    const exactly = either(said, view.inResults(value, step, null));
    if (exactly === YES || (typeof value !== 'string' && typeof value !== 'number')) return exactly;
    return view.writtenBefore(value, step) ? YES : exactly;
  }
  let answer: Tri = YES;
  for (const item of Object.values(value)) {
    const one = traced(item, view, step);
    if (one < answer) answer = one;
  }
  return answer;
}

/** Whether a text has fewer characters than can be traced; one character is two units at most. */
function isShort(text: string): boolean {
  return text.length < 2 * SHORTEST && [...text].length < SHORTEST;
}
