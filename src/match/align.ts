import type { Alignment, AlignmentItem } from '../model/alignment.ts';
import type { Call } from './calls.ts';
import type { CallMatch } from './matching.ts';
import { modeRules } from './mode-rules.ts';
import { pairLeftovers } from './near-miss.ts';
import type { CallPattern } from './pattern.ts';
import { showCall } from './show.ts';

const MOST_ITEMS = 60;

/** One line of an alignment: a call, a pattern, or one beside the other; −1 for none. */
interface Line {
  readonly kind: AlignmentItem['kind'];
  readonly call: number;
  readonly pattern: number;
}

/** Lays expected elements and calls side by side, in the order of the calls. */
export function alignmentOf(match: CallMatch): Alignment {
  const { matching, matched, missing, refused } = match;
  const lines = linesOf(match);
  const shown = shorten(lines);
  return {
    mode: matching.mode,
    matched,
    missing: missing.reduce((sum, count) => sum + count, 0),
    unexpected: refused,
    items: shown.map((line) => itemOf(match, line)),
    omitted: lines.length - shown.length,
  };
}

function linesOf(match: CallMatch): Line[] {
  const { matching, fills, units } = match;
  const leftovers = match.traced ? pairLeftovers(match) : { near: [], missing: [] };
  const patternOf = new Map(fills.map(({ call, pattern }) => [call, pattern]));
  const nearOf = new Map(leftovers.near.map(({ call, pattern }) => [call, pattern]));
  const other = modeRules[matching.mode].refusesOthers ? 'unexpected' : 'other';
  const elementOf = (pattern: number | undefined) => units.elementOf[pattern ?? -1] ?? -1;
  const lines: Line[] = [];
  const waiting = leftovers.missing.map(
    (pattern): Line => ({ kind: 'missing', call: -1, pattern }),
  );
  let next = 0;
  for (let call = 0; call < matching.calls.length; call++) {
    const pattern = patternOf.get(call);
    const near = nearOf.get(call);
    for (let one = waiting[next]; one; one = waiting[++next]) {
      if (elementOf(pattern) <= elementOf(one.pattern)) break;
      lines.push(one);
    }
    if (pattern !== undefined) lines.push({ kind: 'matched', call, pattern });
    else if (near !== undefined) lines.push({ kind: 'near', call, pattern: near });
    else lines.push({ kind: other, call, pattern: -1 });
  }
  return [...lines, ...waiting.slice(next)];
}

/** Leaves out calls that are allowed and matched first, then the end. */
function shorten(lines: readonly Line[]): readonly Line[] {
  if (lines.length <= MOST_ITEMS) return lines;
  const telling = lines.filter((line) => line.kind !== 'other');
  if (telling.length <= MOST_ITEMS) return telling;
  const faults = telling.filter((line) => line.kind !== 'matched');
  return (faults.length > 0 ? faults : telling).slice(0, MOST_ITEMS);
}

function itemOf(match: CallMatch, line: Line): AlignmentItem {
  const { kind } = line;
  const call = match.matching.calls[line.call];
  const pattern = match.units.patterns[line.pattern];
  const element = match.units.elementOf[line.pattern] ?? 0;
  const shown = call ? { step: call.step, call: showCall(call.tool, call.args) } : {};
  if (kind === 'missing') return { kind, element, wanted: wantedWords(match, line.pattern) };
  if (kind === 'matched') return { kind, element, ...shown };
  if (!call || !pattern) return { kind, ...shown };
  const differences = differencesOf(match, call, pattern);
  return { kind, element, wanted: pattern.words(match.env), ...shown, differences };
}

/** What a place wants that no call comes near to: all that would do. */
function wantedWords({ units, matching, env }: CallMatch, pattern: number): string {
  const element = matching.elements[units.elementOf[pattern] ?? -1];
  const one = units.patterns[pattern];
  const alternatives = element?.kind === 'one_of' ? element.patterns : one ? [one] : [];
  return [...new Set(alternatives.map((each) => each.words(env)))].join(' or ');
}

/** Where a call departs from a pattern; a capture that cannot be is told of the whole, none at all means that only the order is wrong. */
function differencesOf({ matching, env }: CallMatch, call: Call, pattern: CallPattern) {
  const own = matching.view.scopeAt(call.step);
  const differences = pattern.differences(call, { ...own, env });
  const names = pattern.binds.join(' and ');
  const isOrder = modeRules[matching.mode].ordered && pattern.solve(call, own).length > 0;
  if (differences.length > 0 || names === '' || isOrder) return differences;
  const wanted = `one value for ${names} wherever it is captured`;
  return [{ path: '', kind: 'differs' as const, was: call.args, wanted }];
}

/** Steps that a person should look at: those at fault, or those that matched where none is. */
export function evidenceOf(match: CallMatch, alignment: Alignment): number[] {
  const faults = alignment.items.flatMap(({ kind, step }) =>
    step !== undefined && (kind === 'near' || kind === 'unexpected') ? [step] : [],
  );
  if (!match.pass && faults.length > 0) return faults;
  return match.fills.map(({ call }) => match.matching.calls[call]?.step ?? 0).slice(0, MOST_ITEMS);
}
