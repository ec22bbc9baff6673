import type { Difference } from '../model/alignment.ts';
import type { Call } from './calls.ts';
import { namesOf } from './modifiers.ts';
import { type PatternPart, partScope, partValue } from './pattern-part.ts';
import type { PatternSource } from './pattern-source.ts';
import type { Env, Scope } from './scope.ts';
import { wildcard } from './wildcard.ts';

/** How many arguments and other parts of a call depart from what is wanted; 0 when it matches. */
export function distanceOf(
  read: PatternSource,
  parts: readonly PatternPart[],
  call: Call,
  scope: Scope,
): number {
  let sum = acceptanceDifferences(read, call).length;
  for (const { name, matcher } of parts) {
    sum += matcher.distance(partValue(call, name), partScope(call, name, scope));
  }
  return sum;
}

/** Where a call departs from what is wanted. */
export function differencesIn(
  read: PatternSource,
  parts: readonly PatternPart[],
  call: Call,
  scope: Scope,
): Difference[] {
  const inner = parts.flatMap(({ name, matcher }) =>
    matcher.differences(partValue(call, name), partScope(call, name, scope), name),
  );
  return [...inner, ...acceptanceDifferences(read, call)];
}

/** Where actor and status depart from what is wanted. */
function acceptanceDifferences(read: PatternSource, call: Call): Difference[] {
  const found: Difference[] = [];
  const actors = namesOf(read.modifiers['actor']);
  if (
    actors &&
    !(call.actor !== undefined && actors.some((name) => wildcard(name)(call.actor ?? '')))
  ) {
    const was = call.actor === undefined ? {} : { was: call.actor };
    found.push({ path: 'actor', kind: 'differs', ...was, wanted: actors.join(' or ') });
  }
  const statuses = namesOf(read.modifiers['status']);
  if (statuses && !statuses.includes(call.status)) {
    found.push({
      path: 'status',
      kind: 'differs',
      was: call.status,
      wanted: statuses.join(' or '),
    });
  }
  return found;
}

/** A pattern in words. */
export function wordsOf(read: PatternSource, parts: readonly PatternPart[], env: Env): string {
  const args = parts.find((part) => part.name === '');
  const inner = args?.matcher
    .words(env)
    .replace(/^\{ (.*) \}$/s, '$1')
    .replace(/^\{\}$/, '');
  const tail = parts
    .filter((part) => part.name !== '')
    .map((part) => ` with ${part.name} ${part.matcher.words(env)}`);
  for (const key of ['status', 'actor'] as const) {
    const names = namesOf(read.modifiers[key]);
    if (names) tail.push(` with ${key} ${names.join(' or ')}`);
  }
  return `${read.tool}${inner === undefined ? '' : `(${inner})`}${tail.join('')}`;
}
