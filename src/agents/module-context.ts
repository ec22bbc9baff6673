import { AgentopsError } from '../errors.ts';
import { isObject } from '../json/object.ts';
import type { ApprovalAnswer, ApprovalRequest } from '../live/approval-request.ts';
import { type LiveCall, type Session, TrialHalted } from '../live/session.ts';
import type { Mounted } from '../serve/server.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';
import { ownCopy } from './own-copy.ts';

/** What a module agent may use. Whatever it awaits here rejects once the trial is stopped. */
export interface ModuleContext {
  /** Aborts when the trial is stopped. */
  readonly signal: AbortSignal;
  /** Kept from one thing that the user says to the next, within a trial. */
  readonly state: Record<string, unknown>;
  /** Calls a mocked tool: gives its result, throws `ToolError` where it answers with an error. */
  callTool(tool: string, args?: unknown, more?: { id?: string; actor?: string }): Promise<unknown>;
  /** Calls mocked tools side by side: gives what each came to, in their order, and throws for none. */
  callTools(
    calls: readonly { tool: string; args?: unknown; id?: string; actor?: string }[],
  ): Promise<ToolAnswer[]>;
  /** Says something to the user. */
  message(content: string, more?: { actor?: string }): void;
  /** Hands control from one actor to another. */
  handoff(from: string, to: string): void;
  /** Asks a person before a call is made. */
  requestApproval(request: ApprovalRequest): Promise<ApprovalAnswer>;
  /** Asks a model, as the body of a chat completion; gives the body of the answer. Throws where it is refused. */
  askModel(body: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** Variables that point clients at the endpoints of this trial, such as OPENAI_BASE_URL. */
  endpoints(): Promise<Readonly<Record<string, string>>>;
}

/** Rejections after the trial was stopped, before nothing is answered any more: enough to clean up. */
const MOST_REJECTIONS = 20;

interface StepNames {
  readonly id?: string | undefined;
  readonly actor?: string | undefined;
}

/** A tool answered with an error, as a real one would. */
class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.code = code;
  }
}

/** Makes the context of one trial; `serve` starts its endpoints when they are first asked for. */
export function moduleContext(session: Session, serve: () => Promise<Mounted>): ModuleContext {
  let mounting: Promise<Mounted> | null = null;
  const whileItRuns = untilTooLate();
  return {
    signal: session.signal,
    state: {},
    callTool: (tool, args = {}, more = {}) =>
      handled(async () => {
        const answer = await whileItRuns(session.callTool(callOf({ ...more, tool, args })));
        if ('error' in answer) throw new ToolError(answer.error.message, answer.error.code);
        return ownCopy(answer.result ?? null, `Cannot give the result of ${tool}`);
      }),
    callTools: (calls) =>
      handled(async () => {
        const answers = await whileItRuns(session.callTools(calls.map(callOf)));
        return ownCopy(answers, 'Cannot give the results') as ToolAnswer[]; // a copy of them
      }),
    message: (said, more = {}) => {
      const content = textOf(said, 'Cannot say this', 'what is said');
      session.record({ type: 'message', role: 'assistant', content, ...namesOf(more) });
    },
    handoff: (from, to) => {
      const names = [from, to].map((name) => textOf(name, 'Cannot hand over', 'an actor'));
      session.record({ type: 'handoff', from: names[0] ?? '', to: names[1] ?? '' });
    },
    requestApproval: (request) =>
      handled(async () => {
        const tool = textOf(request.tool, 'Cannot ask for approval', 'the tool');
        const args = ownCopy(request.args ?? {}, `Cannot ask for approval of ${tool}`);
        const asking = session.requestApproval({ tool, args, ...namesOf({ id: request.id }) });
        return ownCopy(await whileItRuns(asking), 'Cannot give the decision') as ApprovalAnswer; // a copy of one
      }),
    askModel: (asked) =>
      handled(async () => {
        const body = ownCopy(asked, 'Cannot ask the model with that body');
        if (!isObject(body)) throw new TypeError('Cannot ask the model: expected an object');
        const asking = session.askModel({ dialect: 'chat', body });
        const { status, body: answer } = await whileItRuns(asking);
        if (status === 200) return answer; // made for this request alone: the record keeps nothing of it
        throw new AgentopsError('input_fault', `The model refused: ${JSON.stringify(answer)}`);
      }),
    endpoints: () =>
      handled(async () => {
        mounting ??= serve();
        return (await mounting).environment();
      }),
  };
}

function callOf({
  tool,
  args = {},
  ...names
}: { tool: string; args?: unknown } & StepNames): LiveCall {
  const action = `Cannot call ${textOf(tool, 'Cannot call a tool', 'its name')}`;
  return { tool, args: ownCopy(args, `${action} with those arguments`), ...namesOf(names) };
}

/** What is done for an agent that may not wait for it: that it failed, the record says; nobody else is troubled. */
function handled<Value>(work: () => Promise<Value>): Promise<Value> {
  const promise = work();
  promise.catch(() => undefined);
  return promise;
}

/** Passes answers on. An agent that tries again whatever happens would never give control back once each try fails at once, so it is left waiting. */
function untilTooLate(): <T>(work: Promise<T>) => Promise<T> {
  let rejections = 0;
  return async (work) => {
    try {
      return await work;
    } catch (thrown) {
      if (!(thrown instanceof TrialHalted) || ++rejections <= MOST_REJECTIONS) throw thrown;
      return new Promise(() => undefined);
    }
  };
}

/** Names that an agent may give a step, each read once; it cannot pass for the user. */
function namesOf({ id, actor }: StepNames): { [Name in keyof StepNames]?: string } {
  const given = Object.entries({ id, actor }).flatMap(([key, name]) =>
    name === undefined ? [] : [[key, textOf(name, 'Cannot name a step', key)] as const],
  );
  if (actor !== 'user') return Object.fromEntries(given);
  throw new TypeError(
    'Cannot act as "user": that actor is the user, expected the name of an agent',
  );
}

function textOf(value: unknown, action: string, what: string): string {
  if (typeof value === 'string') return value;
  throw new TypeError(`${action}: ${what} is ${typeof value}, expected text`);
}
