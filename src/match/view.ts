import type { World } from '../model/suite.ts';
import type { Tools } from '../model/tool.ts';
import type { MessageStep, Step, Trajectory } from '../model/trajectory.ts';
import { type Call, NO_RESULT, pairCalls } from './calls.ts';
import { leavesOf, occurs } from './occurs.ts';
import { type Origins, originsOf, type Source } from './origins.ts';
import type { Provenance, Scope } from './scope.ts';
import { NO_CAPTURES } from './scope.ts';
import { ABSENT, NO, type Tri, YES } from './tri.ts';
import { type Usage, usageOf } from './usage.ts';
import { type WrittenBefore, writtenOtherwise } from './written-otherwise.ts';

/** An assistant message. */
export interface Said {
  readonly step: number;
  /** Its text parts joined. */
  readonly text: string;
  /** It holds something other than text and reasoning, such as an image. */
  readonly parts: boolean;
}

/** A trajectory as judges look at it: calls paired, derived texts made once and only when asked for. */
export interface View extends Provenance {
  readonly trajectory: Trajectory;
  /** The view of the whole trajectory, of which this may be one turn. */
  readonly whole: View;
  /** What the task asks for; undefined where only the trajectory says it. */
  readonly input: unknown;
  readonly steps: readonly Step[];
  /** Every call, those of the user included. */
  readonly allCalls: readonly Call[];
  /** Calls of the agent: what rules look at unless they say otherwise. */
  readonly calls: readonly Call[];
  /** Why the trajectory cannot be judged, null where nothing is wrong. */
  readonly fault: string | null;
  /** Declared tools; null where none were declared. */
  readonly tools: Tools | null;
  /** State that the trial began with; null where that is not known. */
  readonly initialWorld: World | null;
  /** What each assistant message says, with its step; made on first use. */
  said(): readonly Said[];
  /** What it cost, as far as it says; added up on first use. */
  usage(): Usage;
  /** The final answer, `ABSENT` where a call follows the last message or there is none. */
  answer(): { text: string; step: number } | typeof ABSENT;
  /** Whether a text or number occurs in the input or a result before a step, however it is written there. */
  writtenBefore(value: string | number, step: number): boolean;
  /** The same of what the user said alone. */
  askedBefore(value: string | number, step: number): boolean;
  /** The scope of values that belong to a step. */
  scopeAt(step: number): Scope;
}

/** Looks at a trajectory; `input` is what the task asks for, `world` the state that it began with. */
export function viewOf(
  trajectory: Trajectory,
  tools: Tools | null = null,
  input?: unknown,
  world: World | null = null,
): View {
  return new TrajectoryView(trajectory, tools, input, world);
}

/** Each is made on first use: most of what is looked for stands in the input. */
interface Sources {
  readonly input: () => Origins;
  readonly results: () => Origins;
  readonly written: () => WrittenBefore;
  readonly askedFor: () => WrittenBefore;
}

class TrajectoryView implements View {
  readonly trajectory: Trajectory;
  readonly tools: Tools | null;
  readonly initialWorld: World | null;
  readonly steps: readonly Step[];
  readonly allCalls: readonly Call[];
  readonly calls: readonly Call[];
  readonly fault: string | null;
  readonly input: unknown;
  private texts: readonly Said[] | null = null;
  private sums: Usage | null = null;
  private origins: Sources | null = null;

  constructor(trajectory: Trajectory, tools: Tools | null, input: unknown, world: World | null) {
    this.trajectory = trajectory;
    this.tools = tools;
    this.initialWorld = world;
    this.input = input;
    this.steps = trajectory.steps as readonly Step[]; // the schema of the record
    const { calls, ofUser, fault } = pairCalls(this.steps);
    this.allCalls = calls;
    this.calls = ofUser ? calls.filter((call) => call.actor !== 'user') : calls;
    this.fault = fault;
  }

  get whole(): View {
    return this;
  }

  said(): readonly Said[] {
    this.texts ??= assistantTexts(this.steps);
    return this.texts;
  }

  usage(): Usage {
    this.sums ??= usageOf(this.steps);
    return this.sums;
  }

  answer(): { text: string; step: number } | typeof ABSENT {
    return finalAnswer(this.said(), this.allCalls);
  }

  inInput(value: unknown, before: number): Tri {
    return value === ABSENT ? NO : occurs(value, this.sources().input()(before, null));
  }

  inResults(value: unknown, before: number, names: readonly string[] | null): Tri {
    return value === ABSENT ? NO : occurs(value, this.sources().results()(before, names));
  }

  writtenBefore(value: string | number, step: number): boolean {
    return this.sources().written()(value, step);
  }

  askedBefore(value: string | number, step: number): boolean {
    return this.sources().askedFor()(value, step);
  }

  scopeAt(step: number): Scope {
    return { env: NO_CAPTURES, relaxed: null, step, provenance: this };
  }

  private sources(): Sources {
    this.origins ??= sourcesOf(this.steps, this.allCalls, this.input);
    return this.origins;
  }
}

function assistantTexts(steps: readonly Step[]): Said[] {
  const said: Said[] = [];
  steps.forEach((step, index) => {
    if (step.type !== 'message') return;
    const message = step as MessageStep; // the other step types have other tags
    if (message.role === 'assistant')
      said.push({ step: index, text: textOf(message.content), parts: hasParts(message.content) });
  });
  return said;
}

/** The text of a message: its text parts joined; reasoning and other parts are left out. */
export function textOf(content: MessageStep['content']): string {
  if (content === null) return '';
  if (typeof content === 'string') return content;
  return content
    .filter((part) => part.type !== 'reasoning' && typeof part.text === 'string')
    .map((part) => part.text)
    .join('');
}

function hasParts(content: MessageStep['content']): boolean {
  if (!Array.isArray(content)) return false;
  return content.some(({ type }) => type !== 'reasoning' && type !== 'text');
}

/** What was said last, `ABSENT` where a call follows it or nothing was said. */
export function finalAnswer(
  said: readonly { step: number; text: string }[],
  calls: readonly Call[],
): { text: string; step: number } | typeof ABSENT {
  const last = said.at(-1);
  const lastCall = calls.at(-1);
  if (!last || (lastCall && lastCall.step > last.step)) return ABSENT;
  return last;
}

function sourcesOf(steps: readonly Step[], calls: readonly Call[], input: unknown): Sources {
  const asked = once(() => askedSources(steps, input));
  const results = once(() => resultSources(calls));
  const all = () => [...asked(), ...results()].sort((a, b) => a.step - b.step);
  return {
    input: once(() => originsOf(asked())),
    results: once(() => originsOf(results())),
    written: once(() => writtenOtherwise(all())),
    askedFor: once(() => writtenOtherwise(asked())),
  };
}

function once<Made>(make: () => Made & object): () => Made {
  let made: Made | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

function askedSources(steps: readonly Step[], input: unknown): Source[] {
  const asked: Source[] =
    input === undefined ? [] : [{ step: -1, tool: '', leaves: leavesOf(input) }];
  steps.forEach((step, index) => {
    const message = step.type === 'message' ? (step as MessageStep) : null; // the tag says so
    if (message?.role === 'user')
      asked.push({ step: index, tool: '', leaves: leavesOf(textOf(message.content)) });
  });
  return asked;
}

function resultSources(calls: readonly Call[]): Source[] {
  const results = calls.flatMap((call): Source[] => {
    if (call.resultStep === NO_RESULT) return [];
    const leaves = leavesOf([call.result, call.error].filter((one) => typeof one !== 'symbol'));
    return [{ step: call.resultStep, tool: call.tool, leaves }];
  });
  return results.sort((a, b) => a.step - b.step);
}

/** The greater of two answers: Kleene's or. */
export function either(a: Tri, b: Tri): Tri {
  return a === YES || b === YES ? YES : a > b ? a : b;
}
