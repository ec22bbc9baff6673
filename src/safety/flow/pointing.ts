import type { Call } from '../../match/calls.ts';
import { codesIn } from '../../match/codes-in.ts';
import { datesIn } from '../../match/dates-in.ts';
import type { View } from '../../match/view.ts';
import { leafTexts } from './leaf-texts.ts';
import { isNamed, type SaidWords } from './named-tool.ts';
import { plainText } from './plain-text.ts';
import type { TaintIndex } from './taint-index.ts';
import { wordsOf } from './words-of.ts';

/** What the user said up to a step, in words, and the calls that brought something in by the steps of their results. */
export interface Asked {
  readonly saidBefore: (step: number) => SaidWords;
  readonly byResult: ReadonlyMap<number, Call>;
  /** Whether the user asked for what a call does before it was made; what only reads may follow what was found. */
  readonly isAsked: (call: Call) => boolean;
}

/** Words that are in many addresses. */
const COMMON = /^(?:https?|www|com)$/;

/** Tells whether the user pointed at what a call read: named its tool or one of its arguments, or pointed at what gave that argument as mere data. */
export function pointing(view: View, index: TaintIndex, asked: Asked): (call: Call) => boolean {
  const known = new Map<Call, boolean>();
  const isGiven = (text: string, call: Call): boolean => {
    const plain = plainText(text);
    const words = wordsOf(plain).filter((word) => !COMMON.test(word));
    const said = asked.saidBefore(call.step);
    const letters = words.reduce((sum, word) => sum + word.length, 0);
    if (letters >= 3 && words.every((word) => said.has(word))) return true;
    if (datesIn(plain).days.length > 0 && view.askedBefore(text, call.step)) return true;
    return codesIn(plain).some(({ token }) => {
      const { brought = call.step, leads = [] } = index.of(token) ?? {};
      const source = asked.byResult.get(brought);
      return (
        brought < call.step && leads.length === 0 && source !== undefined && isPointedAt(source)
      );
    });
  };
  const isPointedAt = (call: Call): boolean => {
    const told = known.get(call);
    if (told !== undefined) return told;
    const pointed =
      isNamed(call.tool, asked.saidBefore(call.step)) ||
      leafTexts(Object.values(Object(call.args))).some(({ text }) => isGiven(text, call));
    known.set(call, pointed);
    return pointed;
  };
  return isPointedAt;
}
