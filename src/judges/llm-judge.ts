import * as z from 'zod';
import { isObject } from '../json/object.ts';
import type { Wanted } from '../model/llm-judge.ts';
import { chosen } from '../suite/chosen.ts';
import type { AskedJudge } from '../suite/kinds.ts';
import { mapOf } from '../suite/map-of.ts';
import { isFilePath, name, text } from '../suite/text-schema.ts';
import { unfaulted } from '../suite/unfaulted.ts';
import { type JudgeKind, type Prepared, type Setting, undecided } from './judge.ts';

const wanted = z
  .strictObject({
    at_least: z.number().optional().describe('Least value on the scale of the judge'),
    at_most: z.number().optional().describe('Highest value on the scale of the judge'),
    is: chosen((value) => (Array.isArray(value) ? 1 : 0), text, z.array(text).min(1))
      .optional()
      .describe('The answer that holds, or a list of such; pass unless given'),
    reference: text
      .refine(
        (value) => !isFilePath(value),
        unfaulted('Expected the text itself; the reference of a judge may be a file'),
      )
      .optional()
      .describe('A right answer to compare with'),
  })
  .refine(
    ({ at_least = Number.NEGATIVE_INFINITY, at_most = Number.POSITIVE_INFINITY }) =>
      at_least <= at_most,
    unfaulted('Nothing is at_least as high and at_most as low as that'),
  );

/** LLM judges of the suite, each with what it must answer; asked where the setting has a desk for that. */
export const llmJudge: JudgeKind = {
  key: 'judge',
  kind: 'judge',
  words: 'Named LLM judges of the suite with what they must answer',
  schema: mapOf(wanted, name).refine((value) => Object.keys(value).length > 0, {
    error: 'Expected at least one judge',
  }),
  asks: (value) =>
    entriesOf(value).map(([judge, one]) => ({ path: [judge], name: judge, wanted: one })),
  verdicts: (value) => entriesOf(value).map(([judge]) => [judge]),
  prepare: (value, setting) => entriesOf(value).map(([judge, one]) => ask(judge, one, setting)),
};

type Written = AskedJudge['wanted'] & Pick<Wanted, 'reference'>;

/** Names and what is wanted, as far as it is a map. */
function entriesOf(value: unknown): [string, Written][] {
  if (!isObject(value)) return [];
  return Object.entries(value).map(([judge, one]) => [judge, isObject(one) ? one : {}]);
}

function ask(judge: string, written: Written, { desk }: Setting): Prepared {
  const wants = wantedOf(written);
  return {
    suffix: [judge],
    needsCalls: desk?.needsCalls(judge) ?? false,
    judge: (view) => desk?.judge(judge, wants, view) ?? undecided('LLM judges are not asked here'),
  };
}

/** What is wanted of a judge with answers is a list; that it is `pass` where nothing is said was checked against the judge. */
function wantedOf({ at_least, at_most, is, reference }: Written): Wanted {
  const more = reference === undefined ? {} : { reference };
  if (at_least === undefined && at_most === undefined)
    return { is: [is ?? 'pass'].flat(), ...more };
  return {
    ...(at_least !== undefined && { at_least }),
    ...(at_most !== undefined && { at_most }),
    ...more,
  };
}
