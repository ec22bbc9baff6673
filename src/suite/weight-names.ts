import { nearestName } from '../match/nearest-name.ts';
import type { Expectations } from '../model/expectations.ts';
import type { ExpectationKind } from './kinds.ts';
import { someOf, suggestion } from './schema-message.ts';

/** Why a key of `weights` names no verdict, null where it names one or what several stand below: `calls`, `calls.in_order`, `calls.0.in_order`, `conversation.1.expect.answer`. `turns` are the expectations of the turns of a conversation, `verdicts` what else is decided. */
export function weightProblem(
  key: string,
  expectations: readonly Expectations[],
  kinds: readonly ExpectationKind[],
  turns: readonly Expectations[] = [],
  verdicts: readonly string[] = [],
): string | null {
  const known = new Set(['stop']);
  for (const verdict of verdicts) known.add(verdict.replace(/\..*/, '')).add(verdict);
  for (const expected of expectations) addNames(known, expected, kinds);
  for (const [index, expected] of turns.entries()) addTurnNames(known, index, expected, kinds);
  if (known.has(key)) return null;
  const ending = [...known].find((name) => name.endsWith(`.${key}`));
  const above = [...known].findLast((name) => key.startsWith(`${name}.`));
  const near = ending ?? nearestName(key, known) ?? above ?? null;
  const mend = near === null ? `the expectations are ${someOf([...known])}` : suggestion(near);
  return `Weight of "${key}", which no expectation is, ${mend}`;
}

/** Adds the names of the verdicts of a turn, and of all that they stand below. */
function addTurnNames(
  known: Set<string>,
  index: number,
  expected: Expectations,
  kinds: readonly ExpectationKind[],
): void {
  const names = new Set<string>();
  addNames(names, expected, kinds);
  if (names.size === 0) return;
  const turn = `conversation.${index}`;
  for (const above of ['conversation', turn, `${turn}.expect`]) known.add(above);
  for (const name of names) known.add(`${turn}.expect.${name}`);
}

/** Adds the names of the verdicts of some expectations, and of all that they stand below. */
function addNames(
  known: Set<string>,
  expected: Expectations,
  kinds: readonly ExpectationKind[],
): void {
  for (const { key, verdicts } of kinds) {
    if (!Object.hasOwn(expected, key)) continue;
    known.add(key);
    for (const path of verdicts?.(expected[key]) ?? []) {
      let name = key;
      for (const step of path) {
        name += `.${step}`;
        known.add(name);
      }
    }
  }
}
