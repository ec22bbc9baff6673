import type { Alignment, AlignmentItem } from '../model/alignment.ts';
import type { Call } from './calls.ts';
import type { CallMatch } from './matching.ts';
import { modeRules } from './mode-rules.ts';
import { type NearMiss, pairLeftovers } from './near-miss.ts';
import { showCall } from './show.ts';

const MOST_ITEMS = 60;

/** Lays expected elements and calls side by side, in the order of the calls. */
export function alignmentOf(match: CallMatch): Alignment {
  const { matching, fills, units, matched, missing, refused } = match;
  const leftovers = match.traced ? pairLeftovers(match) : { near: [], missing: [] };
  const patternOf = new Map(fills.map(({ call, pattern }) => [call, pattern]));
  const nearOf = new Map(leftovers.near.map((near) => [near.call, near]));
  const items: AlignmentItem[] = [];
  const waiting = [...leftovers.missing];
  matching.calls.forEach((call, index) => {
    const pattern = patternOf.get(index);
    const element = pattern === undefined ? -1 : (units.elementOf[pattern] ?? -1);
    while (waiting.length > 0 && element > (units.elementOf[waiting[0] ?? -1] ?? -1)) {
      items.push(missingItem(match, waiting.shift() ?? -1));
    }
    if (pattern !== undefined) items.push(matchedItem(match, call, pattern));
    else items.push(leftoverItem(match, call, nearOf.get(index)));
  });
  for (const pattern of waiting) items.push(missingItem(match, pattern));
  const shown = shorten(items);
  return {
    mode: matching.mode,
    matched,
    missing: missing.reduce((sum, count) => sum + count, 0),
    unexpected: refused,
    items: shown,
    omitted: items.length - shown.length,
  };
}

/** Leaves out calls that are allowed and matched first, then the end. */
function shorten(items: readonly AlignmentItem[]): AlignmentItem[] {
  if (items.length <= MOST_ITEMS) return [...items];
  const telling = items.filter((item) => item.kind !== 'other');
  if (telling.length <= MOST_ITEMS) return telling;
  const faults = telling.filter((item) => item.kind !== 'matched');
  return (faults.length > 0 ? faults : telling).slice(0, MOST_ITEMS);
}

function matchedItem(match: CallMatch, call: Call, pattern: number): AlignmentItem {
  return {
    kind: 'matched',
    element: match.units.elementOf[pattern] ?? 0,
    step: call.step,
    call: showCall(call.tool, call.args),
  };
}

function missingItem(match: CallMatch, pattern: number): AlignmentItem {
  const wanted = match.units.patterns[pattern]?.words(match.env) ?? '';
  return { kind: 'missing', element: match.units.elementOf[pattern] ?? 0, wanted };
}

function leftoverItem(match: CallMatch, call: Call, near: NearMiss | undefined): AlignmentItem {
  const shown = { step: call.step, call: showCall(call.tool, call.args) };
  const pattern = near && match.units.patterns[near.pattern];
  if (!near || !pattern) {
    const refused = modeRules[match.matching.mode].refusesOthers;
    return { kind: refused ? 'unexpected' : 'other', ...shown };
  }
  const scope = { ...match.matching.view.scopeAt(call.step), env: match.env };
  return {
    kind: 'near',
    element: match.units.elementOf[near.pattern] ?? 0,
    wanted: pattern.words(match.env),
    ...shown,
    differences: pattern.differences(call, scope),
  };
}

/** Steps that a person should look at: those at fault, or those that matched where none is. */
export function evidenceOf(match: CallMatch, alignment: Alignment): number[] {
  const faults = alignment.items.flatMap(({ kind, step }) =>
    step !== undefined && (kind === 'near' || kind === 'unexpected') ? [step] : [],
  );
  if (!match.pass && faults.length > 0) return faults;
  return match.fills.map(({ call }) => match.matching.calls[call]?.step ?? 0).slice(0, MOST_ITEMS);
}
