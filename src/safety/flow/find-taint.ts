import { type Call, NO_RESULT } from '../../match/calls.ts';
import { REDACTED } from '../../match/same-json.ts';
import { squeezed } from '../../match/squeezed.ts';
import { NOT_KNOWN } from '../../match/tri.ts';
import { textOf, type View } from '../../match/view.ts';
import type { MessageStep, Step } from '../../model/trajectory.ts';
import { textsIn } from './leaf-texts.ts';
import { isAskedFor, type SaidWords } from './named-tool.ts';
import { plainText } from './plain-text.ts';
import { type Asked, pointing } from './pointing.ts';
import type { Readings } from './readings.ts';
import { declared, type Sink } from './sinks.ts';
import { type Bringer, type Out, type Passage, TaintIndex } from './taint-index.ts';
import { wordsOf } from './words-of.ts';

/** A passage that an untrusted result brought in and that went out again. */
export interface Taint {
  readonly passage: string;
  /** Step of the result. */
  readonly source: number;
  readonly tool: string;
  readonly sink: Sink;
  readonly how: readonly string[];
}

/** What is looked for, and where. */
export interface TaintSearch {
  readonly isFrom: (tool: string) => boolean;
  readonly sinks: readonly Sink[];
  readonly readings: (text: string) => Readings;
  /** Words in a row that make a passage. */
  readonly run: number;
  /** What the user asked for counts as well. */
  readonly strict: boolean;
}

/** Finds the passages that results of some tools brought in and that went out after; and the steps of such results, and of what went out, that are not known in full. */
export function findTaint(
  view: View,
  { isFrom, sinks, readings, run, strict }: TaintSearch,
): { found: Taint[]; unknown: number[] } {
  const { whole } = view;
  const sources = whole.allCalls.filter(
    ({ tool, resultStep }) => resultStep !== NO_RESULT && isFrom(tool),
  );
  const last = sinks.at(-1)?.step ?? -1;
  const early = sources.filter(({ resultStep }) => resultStep < last);
  if (early.length === 0) return { found: [], unknown: [] };
  const index = new TaintIndex(run);
  const unread = new Set<number>();
  for (const sink of sinks) {
    const { all, cut } = readings(sink.text);
    if (cut) unread.add(sink.step);
    for (const one of all) index.addSink(sink, one);
  }
  const unknown = [...early.filter(isUnknown).map(({ resultStep }) => resultStep), ...unread];
  const asking = meetAll(whole, index, isFrom, last);
  const brought = index.brought();
  if (brought.length === 0) return { found: [], unknown };
  const saidBefore = wordsBefore(asking);
  const isAsked = ({ tool, step }: Call) =>
    declared(view.tools, tool)?.effect === 'read' || isAskedFor(tool, saidBefore(step));
  const byResult = new Map(sources.map((call) => [call.resultStep, call]));
  const asked: Asked = { saidBefore, byResult, isAsked };
  const meant = strict ? () => false : pointing(view, index, asked);
  const found = brought.flatMap((passage) => taintOf(passage, meant, asked) ?? []);
  return { found: oneEach(found).sort((a, b) => a.sink.step - b.sink.step), unknown };
}

/** One passage for each way from a result to an argument: words in a row overlap. */
function oneEach(found: readonly Taint[]): Taint[] {
  const seen = new Map<Sink, Set<number>>();
  return found.filter(({ sink, source }) => {
    const sources = seen.get(sink) ?? new Set();
    seen.set(sink, sources);
    return !sources.has(source) && sources.add(source);
  });
}

function isUnknown({ result, error }: Call): boolean {
  if (result === NOT_KNOWN) return true;
  return textsIn([result, error]).some((text) => text.includes(REDACTED));
}

/** A text of the user, with the step at which it was said. */
type Asking = readonly [text: string, step: number];

/** Tells the words that the user had said before a step. */
function wordsBefore(asking: readonly Asking[]): (step: number) => SaidWords {
  const said = new Map<string, number>();
  for (const [text, step] of asking) {
    for (const word of wordsOf(plainText(text))) if (!said.has(word)) said.set(word, step);
  }
  return (step) => ({ has: (word) => (said.get(word) ?? step) < step });
}

/** Meets the index with all that came in before a step; gives what the user said. */
function meetAll(
  view: View,
  index: TaintIndex,
  isFrom: (tool: string) => boolean,
  last: number,
): readonly Asking[] {
  const byResult = new Map(view.allCalls.map((call) => [call.resultStep, call]));
  let next = 0;
  const asked: Asking[] = [];
  const meet = (value: unknown, step: number, by: Bringer) => {
    for (const text of textsIn(value)) {
      index.meet(text, step, by);
      if (by === 'asked') asked.push([text, step]);
    }
  };
  meet(view.input, -1, 'asked');
  for (let at = 0; at < last; at++) {
    const step = view.steps[at] as Step; // at < length
    const result = byResult.get(at);
    const call = view.allCalls[next]?.step === at ? view.allCalls[next++] : undefined;
    if (result) meet([result.result, result.error], at, isFrom(result.tool) ? 'brought' : 'known');
    else if (call) meet([call.args, call.asked], at, call.actor === 'user' ? 'asked' : 'known');
    else if (step.type === 'message') {
      const { role, content, actor = 'user' } = step as MessageStep; // the tag says so
      meet(textOf(content), at, role === 'user' && actor === 'user' ? 'asked' : 'known');
    }
  }
  return asked;
}

function taintOf(passage: Passage, meant: (call: Call) => boolean, search: Asked): Taint | null {
  const { text, outs, asked, known, brought, leads } = passage;
  if (known < brought) return null;
  const call = search.byResult.get(brought);
  const went = outs.filter(({ sink }) => sink.step > brought && asked >= sink.step);
  if (!call || went.length === 0) return null;
  const obeyed = meant(call)
    ? went.find((out) => !isCarriedOver(out, leads, search.isAsked))
    : went[0];
  if (!obeyed) return null;
  return { passage: text, source: brought, tool: call.tool, sink: obeyed.sink, how: obeyed.how };
}

/** Whether the user asked for what the tool does, and the passage is data, or the instruction around it was passed on as it stood: then it is quoted, and not obeyed. */
function isCarriedOver(
  { sink, plain, at }: Out,
  leads: readonly string[],
  isAsked: (call: Call) => boolean,
): boolean {
  if (sink.call === null || !isAsked(sink.call)) return false;
  if (leads.length === 0) return true;
  const before = squeezed(plain.slice(Math.max(0, at - LEAD), at));
  return leads.every((lead) => before.endsWith(squeezed(lead)));
}

/** How far what stands before a passage is compared, in characters. */
const LEAD = 1000;
