import { compileMatcher, PARTIAL } from '../match/compile.ts';
import type { Matcher } from '../match/matcher.ts';
import { matcherSchema } from '../match/schema.ts';
import { NO_CAPTURES } from '../match/scope.ts';
import { showValue } from '../match/show.ts';
import { holds, type Reading } from '../match/tri.ts';
import type { View } from '../match/view.ts';
import type { Outcome } from '../model/verdict.ts';
import { failed, type JudgeKind, NO_FAULTS, passed } from './judge.ts';
import { oneOrList } from './one-or-list.ts';

interface Wanted {
  words: string;
  isIn(text: string, view: View, step: number, reading: Reading): boolean;
}

/** Each text is in some assistant message, case and commas between digits aside; each matcher is met by one. */
export const says: JudgeKind = {
  key: 'says',
  kind: 'rule',
  words: 'Each of these is said in some assistant message',
  schema: oneOrList(matcherSchema),
  prepare: (value, setting) => {
    const wanted = (Array.isArray(value) ? value : [value]).map(wantedOf);
    const judge = (view: View): Outcome => judgeSaid(wanted, view, setting.reading);
    return [{ suffix: [], needsCalls: false, judge }];
  },
};

function wantedOf(source: unknown): Wanted {
  if (typeof source === 'string' || typeof source === 'number') {
    const plain = plainForm(String(source));
    return { words: showValue(source), isIn: (text) => plainForm(text).includes(plain) };
  }
  const matcher: Matcher = compileMatcher(source, PARTIAL, NO_FAULTS);
  return {
    words: matcher.words(NO_CAPTURES),
    isIn: (text, view, step, reading) => holds(matcher.test(text, view.scopeAt(step)), reading),
  };
}

/** Lower case, without the commas that set thousands apart. */
function plainForm(text: string): string {
  return text.toLowerCase().replace(/(?<=\d),(?=\d)/g, '');
}

function judgeSaid(wanted: readonly Wanted[], view: View, reading: Reading): Outcome {
  const steps = new Set<number>();
  const unsaid: string[] = [];
  for (const one of wanted) {
    const found = view.said().find(({ text, step }) => one.isIn(text, view, step, reading));
    if (found) steps.add(found.step);
    else unsaid.push(one.words);
  }
  if (unsaid.length === 0) return passed('All of it is said', [...steps]);
  return failed(`No assistant message says ${unsaid.join(' or ')}`, [...steps], { unsaid });
}
