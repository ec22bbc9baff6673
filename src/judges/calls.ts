import * as z from 'zod';
import { alignmentOf, evidenceOf } from '../match/align.ts';
import { OutOfBudget } from '../match/budget.ts';
import { matchCalls } from '../match/call-match.ts';
import { EXACT } from '../match/compile.ts';
import { compileElements } from '../match/element.ts';
import { explainAlignment } from '../match/explain.ts';
import { type ListMode, modeRules } from '../match/mode-rules.ts';
import type { Mode, Path } from '../match/operator.ts';
import { plainPatterns, quickPass } from '../match/quick-pass.ts';
import { ON_KEY, orderedElementsSchema, orderlessElementsSchema } from '../match/schema.ts';
import type { View } from '../match/view.ts';
import type { Outcome } from '../model/verdict.ts';
import type { OddityAt } from '../suite/kinds.ts';
import { mapOf } from '../suite/map-of.ts';
import { Among, chooseCalls } from './among.ts';
import { Bounds, countCalls } from './call-count.ts';
import { namesIn, patternsIn } from './call-names.ts';
import { emptyOddity, listOddities } from './call-oddities.ts';
import {
  failed,
  type JudgeKind,
  NO_FAULTS,
  type Prepared,
  passed,
  type Setting,
  undecided,
} from './judge.ts';
import { notEmpty } from './not-empty.ts';
import { oneOrList } from './one-or-list.ts';

const modes = [...(Object.keys(modeRules) as ListMode[]), 'count'] as const; // the keys of a closed table

const Block = z
  .strictObject({
    exact: orderedElementsSchema.optional().describe('These calls in this order and no others'),
    in_order: orderedElementsSchema
      .optional()
      .describe('These in this order; others may stand between'),
    any_order: orderlessElementsSchema
      .optional()
      .describe('These, each by its own call; others may occur'),
    unordered: orderlessElementsSchema.optional().describe('These and no others, in any order'),
    subset: orderlessElementsSchema
      .optional()
      .describe('Every call is one of these, each used once'),
    count: notEmpty(mapOf(Bounds), 'Give at least one tool')
      .optional()
      .describe('Calls per tool: a number or { min, max }'),
    among: Among.optional().describe('Which of the calls made the block looks at'),
    args: z.enum(['exact', 'partial']).optional().describe('How argument literals compare'),
    lists: z.enum(['ordered', 'unordered']).optional().describe('How list literals compare'),
  })
  .check(({ value: block, issues }) => {
    const given = modes.filter((mode) => block[mode] !== undefined);
    const isMisspelt =
      given.length === 0 && issues.some(({ code }) => code === 'unrecognized_keys');
    if (given.length === 1 || isMisspelt) return;
    const found = given.length === 0 ? 'none' : given.join(' and ');
    const message = `A block of calls has exactly one of ${modes.join(', ')}, not ${found}`;
    const second = given[1] === undefined ? {} : { path: [given[1]], params: ON_KEY };
    issues.push({ code: 'custom', message, input: block, ...second });
  });
type Block = z.infer<typeof Block>;

/** Which calls were made, in the modes of the language. */
export const calls: JudgeKind = {
  key: 'calls',
  kind: 'rule',
  words: 'The tool calls that were made, held against expected ones',
  schema: oneOrList(Block),
  patterns: (value) => eachBlock(value).flatMap(({ block, path }) => patternsIn(block, path)),
  names: (value) => eachBlock(value).flatMap(({ block, path }) => namesIn(block, path)),
  verdicts: (value) => eachBlock(value).map(({ block, path }) => [...path, modeOf(block)]),
  oddities: (value) => eachBlock(value).flatMap(({ block, path }) => odditiesOf(block, path)),
  prepare: (value, setting) =>
    eachBlock(value).map(({ block, path }) => prepareBlock(block, path, setting)),
};

function eachBlock(value: unknown): { block: Block; path: Path }[] {
  if (!Array.isArray(value)) return [{ block: value as Block, path: [] }]; // validated
  return value.map((block: Block, index) => ({ block, path: [index] }));
}

function modeOf(block: Block): (typeof modes)[number] {
  return modes.find((mode) => block[mode] !== undefined) ?? 'exact';
}

function odditiesOf(block: Block, path: Path): OddityAt[] {
  const mode = modeOf(block);
  if (mode === 'any_order') return emptyOddity(mode, block.any_order as unknown[], path); // validated
  return mode === 'in_order' ? listOddities(block.in_order as unknown[], [...path, mode]) : [];
}

function prepareBlock(block: Block, path: Path, setting: Setting): Prepared {
  const mode = modeOf(block);
  const choose = chooseCalls(block.among);
  const suffix = [...path, mode];
  if (mode === 'count') {
    const bounds = Object.entries(block.count ?? {});
    return { suffix, needsCalls: true, judge: (view) => countCalls(choose(view), bounds) };
  }
  const args: Mode = { keys: block.args ?? EXACT.keys, lists: block.lists ?? EXACT.lists };
  const reading = { requires: true, counted: true, args };
  const elements = compileElements(block[mode], reading, true, NO_FAULTS, []);
  const plain = plainPatterns(elements);
  const { reading: unknownReads } = setting;
  const judge = (view: View): Outcome => {
    try {
      const chosen = choose(view);
      const steps = plain && quickPass(mode, plain, chosen, view, unknownReads);
      if (steps) return passed(passWords(steps.length, mode), steps);
      return outcomeOf(matchCalls({ mode, elements, calls: chosen, view, reading: unknownReads }));
    } catch (thrown) {
      if (thrown instanceof OutOfBudget) return undecided(thrown.message);
      throw thrown;
    }
  };
  return { suffix, needsCalls: true, judge };
}

function outcomeOf(match: ReturnType<typeof matchCalls>): Outcome {
  const missing = match.missing.reduce((sum, count) => sum + count, 0);
  if (match.pass) {
    const steps = match.fills.map(({ call }) => match.matching.calls[call]?.step ?? 0);
    return passed(passWords(match.matched, match.matching.mode), steps);
  }
  const alignment = alignmentOf(match);
  const all = match.matched + missing + match.refused;
  const score = all === 0 ? 1 : match.matched / all;
  const evidence = evidenceOf(match, alignment);
  return { ...failed(explainAlignment(alignment), evidence, { alignment }), score };
}

function passWords(matched: number, mode: ListMode): string {
  if (matched > 0) return matched === 1 ? '1 call as wanted' : `${matched} calls as wanted`;
  return modeRules[mode].refusesOthers ? 'No calls, as wanted' : 'Nothing was wanted';
}
