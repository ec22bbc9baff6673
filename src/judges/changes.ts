import * as z from 'zod';
import { matcherSchema } from '../match/schema.ts';
import { showValue } from '../match/show.ts';
import { holds } from '../match/tri.ts';
import type { View } from '../match/view.ts';
import type { Outcome } from '../model/verdict.ts';
import { mapOf } from '../suite/map-of.ts';
import { type WorldChange, worldChanges } from '../tools/world-changes.ts';
import { compilePointers, type NamedPointer } from './changed-pointers.ts';
import { type ChangeFinding, findChanges } from './find-changes.ts';
import { failed, type JudgeKind, passed, type Setting, undecided } from './judge.ts';

/** Findings that a reason tells, and that the details hold. */
const MOST_TOLD = 10;
const MOST_KEPT = 100;
const LONGEST_VALUE = 60;
const LONGEST_KEPT = 2000;

const pointer = z.string().regex(/^(\/([^~/]|~[01])*)*$/, {
  error: 'Expected a JSON Pointer such as /orders/1042/status (~1 for a slash, ~0 for a tilde)',
});

/** What changed in the world between the beginning and the end, and nothing else did. */
export const changes: JudgeKind = {
  key: 'changes',
  kind: 'rule',
  words: 'What changed in the world, by JSON Pointer (* for a segment), and nothing else did',
  schema: mapOf(matcherSchema, pointer),
  prepare: (value, setting) => {
    const named = compilePointers(value as Record<string, unknown>); // validated
    return [{ suffix: [], needsCalls: false, judge: (view) => judgeChanges(named, view, setting) }];
  },
};

function judgeChanges(named: readonly NamedPointer[], view: View, { reading }: Setting): Outcome {
  const { initialWorld: before, trajectory } = view;
  const after = trajectory.world ?? null;
  if (after === null) return undecided('The trajectory holds no final world');
  if (before === null) return undecided('The suite names no world that the trial began with');
  const made = worldChanges(before, after);
  const scope = view.scopeAt(view.steps.length);
  const { answer, findings } = findChanges(named, made, { before, after }, scope);
  if (holds(answer, reading)) return passed(passWords(made.length));
  const told = findings.slice(0, MOST_TOLD).map(findingText);
  const left = findings.length - told.length;
  if (left > 0) told.push(`and ${left} more`);
  const details = { changes: findings.slice(0, MOST_KEPT).map(briefly) };
  return failed(`In the world: ${told.join('; ')}`, [], details);
}

function passWords(changed: number): string {
  if (changed === 0) return 'Nothing changed in the world, as wanted';
  return `What changed in the world is as wanted (${changed} ${changed === 1 ? 'value' : 'values'})`;
}

/** A finding without the whole of a large value: it is a line of the stored run. */
function briefly(finding: ChangeFinding): ChangeFinding {
  const sides = (['was', 'is'] as const).filter((side) => Object.hasOwn(finding, side));
  const kept = sides.map((side) => [
    side,
    isSmall(finding[side]) ? finding[side] : showValue(finding[side]),
  ]);
  return { ...finding, ...Object.fromEntries(kept) };
}

function isSmall(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= LONGEST_KEPT;
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

/** One finding in words: pointer, what it was and is, and what was wanted of it. */
function findingText(finding: ChangeFinding): string {
  const name = finding.pointer === '' ? 'the whole' : finding.pointer;
  if (finding.kind === 'unchanged') return `${name} did not change, wanted ${finding.wanted}`;
  const way = `${name}: ${sideText(finding, 'was')} → ${sideText(finding, 'is')}`;
  const unclear = finding.unknown ? ' (cannot be compared)' : '';
  return finding.kind === 'differs'
    ? `${way}, wanted ${finding.wanted}${unclear}`
    : `${way}, wanted no change${unclear}`;
}

function sideText(change: WorldChange, side: 'was' | 'is'): string {
  return Object.hasOwn(change, side) ? showValue(change[side], LONGEST_VALUE) : 'nothing';
}
