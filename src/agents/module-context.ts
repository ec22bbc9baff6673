import { AgentopsError } from '../errors.ts';
import { type Session, TrialHalted } from '../live/session.ts';
import type { Mounted } from '../serve/server.ts';
import { type ApprovalAnswer, type ApprovalRequest, askApproval } from './ask-approval.ts';

/** What a module agent may use. Whatever it awaits here rejects once the trial is stopped. */
export interface ModuleContext {
  /** Aborts when the trial is stopped. */
  readonly signal: AbortSignal;
  /** Kept from one thing that the user says to the next, within a trial. */
  readonly state: Record<string, unknown>;
  /** Calls a mocked tool: gives its result, throws `ToolError` where it answers with an error. */
  callTool(
    tool: string,
    args?: unknown,
    more?: { id?: string; actor?: string; parallel?: string },
  ): Promise<unknown>;
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

/** A tool answered with an error, as a real one would. */
export class ToolError extends Error {
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
    callTool: async (tool, args = {}, more = {}) => {
      const call = { tool, args: plainJson(tool, args), ...ownNames(more) };
      const answer = await whileItRuns(session.callTool(call));
      if ('error' in answer) throw new ToolError(answer.error.message, answer.error.code);
      return answer.result;
    },
    message: (content, { actor } = {}) =>
      session.record({ type: 'message', role: 'assistant', content, ...ownNames({ actor }) }),
    handoff: (from, to) => session.record({ type: 'handoff', from, to }),
    requestApproval: async (request) => askApproval(session, request),
    askModel: async (body) => {
      const { status, body: answer } = await whileItRuns(
        session.askModel({ dialect: 'chat', body }),
      );
      if (status === 200) return answer;
      throw new AgentopsError('input_fault', `The model refused: ${JSON.stringify(answer)}`);
    },
    endpoints: async () => {
      mounting ??= serve();
      return (await mounting).environment();
    },
  };
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

/** Names that an agent may give a step; it cannot pass for the user. */
function ownNames<Names extends { actor?: string | undefined }>(names: Names): Names {
  if (names.actor !== 'user') return JSON.parse(JSON.stringify(names)) as Names; // strings alone
  throw new TypeError(
    'Cannot act as "user": that actor is the user, expected the name of an agent',
  );
}

/** A copy of arguments as JSON has them, which later changes do not reach. */
function plainJson(tool: string, args: unknown): unknown {
  try {
    const text = JSON.stringify(args);
    if (text !== undefined) return JSON.parse(text);
  } catch {
    // told below
  }
  throw new TypeError(`Cannot call ${tool}: its arguments are no JSON value`);
}
