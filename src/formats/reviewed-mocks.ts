import { canonicalJson } from '../json/canonical.ts';
import { isObject } from '../json/object.ts';
import type { Call } from '../match/calls.ts';
import { ABSENT } from '../match/tri.ts';
import type { PlannedTool } from '../model/plan.ts';
import type { MockEntry, Tool, Tools } from '../model/tool.ts';
import { isPlainData } from './plain-data.ts';
import { isNameable } from './reviewed-expect.ts';
import { literally } from './trajectory-to-suite.ts';

/** Mocked tools in the making. */
export interface ReviewedMocks {
  /** Takes what the tools answered in the trial of a task. */
  add(task: string, calls: readonly Call[]): void;
  /** Tools with what they do and how they answer. */
  tools(): Tools;
  /** What a person should know, by the name of a tool. */
  remarks(): ReadonlyMap<string, readonly string[]>;
}

type Answer = Pick<MockEntry, 'result' | 'error'>;

/** What a tool answered to equal arguments, in the first task that they were used in. */
interface Answered {
  readonly task: string;
  readonly args: Record<string, unknown>;
  readonly answers: Answer[];
}

/** Begins to collect mocks; `planned` says what is known of the tools of the run. */
export function reviewedMocks(planned: Readonly<Record<string, PlannedTool>>): ReviewedMocks {
  const byTool = new Map<string, Map<string, Answered>>();
  const remarks = new Map<string, Set<string>>();
  const remark = (tool: string, words: string) =>
    remarks.set(tool, (remarks.get(tool) ?? new Set()).add(words));
  return {
    add: (task, calls) => {
      const own = new Map<string, Answer[]>();
      for (const call of calls) {
        if (!isNameable(call.tool)) continue;
        const answered = byTool.get(call.tool) ?? new Map<string, Answered>();
        byTool.set(call.tool, answered);
        const answer = answerOf(call);
        if (typeof answer === 'string') remark(call.tool, `${task}, step ${call.step}: ${answer}`);
        else addAnswer({ task, call, answer, own, answered });
      }
      for (const words of otherAnswers(task, own, byTool)) remark(words.tool, words.text);
    },
    tools: () => {
      const names = new Set([...Object.keys(planned).filter(isNameable), ...byTool.keys()]);
      const known = (name: string) => (Object.hasOwn(planned, name) ? planned[name] : undefined);
      return Object.fromEntries(
        [...names].map((name) => [name, toolOf(known(name), byTool.get(name))]),
      );
    },
    remarks: () => new Map([...remarks].map(([tool, words]) => [tool, [...words]])),
  };
}

interface Added {
  readonly task: string;
  readonly call: Call;
  readonly answer: Answer;
  /** Answers of this trial, by tool and arguments. */
  readonly own: Map<string, Answer[]>;
  readonly answered: Map<string, Answered>;
}

function addAnswer({ task, call, answer, own, answered }: Added): void {
  const args = call.args as Record<string, unknown>; // an answer was made of it
  const key = canonicalJson(args);
  const mine = `${call.tool}\0${key}`;
  const before = own.get(mine);
  if (before) before.push(answer);
  else own.set(mine, [answer]);
  const known = answered.get(key);
  if (!known) answered.set(key, { task, args, answers: [answer] });
  else if (known.task === task) known.answers.push(answer);
}

/** Says where a trial was answered other than the first that made the same call: all tasks share the mocks. */
function otherAnswers(
  task: string,
  own: ReadonlyMap<string, readonly Answer[]>,
  byTool: ReadonlyMap<string, ReadonlyMap<string, Answered>>,
): { tool: string; text: string }[] {
  return [...own].flatMap(([mine, answers]) => {
    const at = mine.indexOf('\0');
    const tool = mine.slice(0, at);
    const first = byTool.get(tool)?.get(mine.slice(at + 1));
    if (!first || canonicalJson(settled(answers)) === canonicalJson(settled(first.answers)))
      return [];
    return [
      { tool, text: `${task} was answered otherwise than ${first.task}, whose answers stand` },
    ];
  });
}

/** What a call was answered with; why a mock cannot say it otherwise. */
function answerOf({ args, status, result, error }: Call): Answer | string {
  if (!isObject(args)) return 'its arguments are not known';
  if (!isPlainData(args)) return 'its arguments cannot stand in a suite';
  if (status === 'ok') {
    return isPlainData(result) ? { result } : 'its result cannot stand in a suite';
  }
  if (status === 'failed') return { error: errorOf(error) };
  return status === 'blocked' ? 'it was blocked' : 'its answer is not known';
}

function errorOf(error: unknown): { code?: string; message?: string } {
  const given = isObject(error) ? error : {};
  const text = (key: string) => {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [code, message] = [text('code'), text('message')];
  if (code === undefined && message === undefined) {
    const known = error !== ABSENT && isPlainData(error) ? JSON.stringify(error) : undefined;
    return { message: known ?? 'Failed' };
  }
  return { ...(code !== undefined && { code }), ...(message !== undefined && { message }) };
}

function toolOf(
  planned: PlannedTool | undefined,
  answered: ReadonlyMap<string, Answered> | undefined,
): Tool {
  const { effect, external, trusted } = planned ?? {};
  const entries = answered ? entriesOf([...answered.values()]) : [];
  return {
    ...(effect !== undefined && { effect }),
    ...(external !== undefined && { external }),
    ...(trusted !== undefined && { trusted }),
    ...(entries.length > 0 && { mock: { kind: 'entries', entries } }),
  };
}

/** Entries of a mock: exact about arguments where one call would else be answered by the entry of another. */
function entriesOf(all: readonly Answered[]): MockEntry[] {
  const shapes = new Set(all.map(({ args }) => shapeOf(args)));
  const [shape] = shapes;
  const isPlain = shapes.size === 1 && shape !== null && shape !== '[]';
  return all.flatMap(({ args, answers }) => {
    const when = isPlain ? literally(args) : { $eq: args };
    const kept = settled(answers);
    const isLast = (index: number) => index === kept.length - 1;
    return kept.map((answer, index) => ({ ...(!isLast(index) && { uses: 1 }), when, ...answer }));
  });
}

/** Names of arguments that are all plain values; null where one is not, and may be a part of another. */
function shapeOf(args: Record<string, unknown>): string | null {
  const isFlat = Object.values(args).every((value) => typeof value !== 'object' || value === null);
  return isFlat ? JSON.stringify(Object.keys(args).sort()) : null;
}

/** Answers without those at the end that only say again what came before. */
function settled(answers: readonly Answer[]): readonly Answer[] {
  const last = answers.at(-1);
  if (last === undefined) return answers;
  const same = canonicalJson(last);
  let end = answers.length;
  while (end > 1 && canonicalJson(answers[end - 2]) === same) end--;
  return answers.slice(0, end);
}
