import { dialects } from '../llm/dialects/dialects.ts';
import type { ModelReply, ModelRequest, RequestedCall, TurnUsage } from '../model/exchange.ts';
import type { Tools } from '../model/tool.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';
import type { Ceilings } from './ceilings.ts';
import { type OpenSession, openSession } from './open-session.ts';
import { type LiveCall, TrialHalted } from './session.ts';
import type { SessionOptions } from './session-state.ts';

/** What a model says in a test. */
export interface MadeTurn {
  readonly say?: string;
  readonly calls?: readonly RequestedCall[];
  readonly usage?: TurnUsage | null;
  readonly cost_usd?: number | null;
  readonly status?: number;
}

/** A session whose time, model and tools a test has in its hands. */
export interface TestSession extends OpenSession {
  /** Lets time pass; timers that are due are called. */
  pass(ms: number): void;
  /** Asks the model, handing back results of calls by id. */
  ask(results?: Readonly<Record<string, string>>): Promise<ModelReply>;
  /** Names and contents of the steps but for times, ids and what the user said. */
  told(): Record<string, unknown>[];
  readonly spent: number[];
  readonly interrupt: () => void;
}

/** What a test says of its session. */
export interface SessionGiven
  extends Partial<Pick<SessionOptions, 'needsCost' | 'costOf' | 'guard'>> {
  readonly ceilings?: Ceilings;
  readonly turns?: readonly (MadeTurn | Error)[];
  readonly tools?: Tools | null;
  /** Why a tool refuses arguments. */
  readonly refuses?: (tool: string, args: unknown) => string | null;
  readonly answer?: (call: Pick<LiveCall, 'tool' | 'args'>) => ToolAnswer | Promise<ToolAnswer>;
}

/** Opens a session with time that stands still until it is told to pass. */
export function testSession(given: SessionGiven = {}): TestSession {
  const { ceilings = {}, turns = [], tools = null, answer = () => ({ result: 'done' }) } = given;
  const time = testTime();
  const spent: number[] = [];
  const interruption = new AbortController();
  let asked = 0;
  const session = openSession({
    ...{ tools, ceilings, now: time.now, after: time.after, signal: interruption.signal },
    trial: { id: 't', suite: 's', task: 'a', agent: 'x', attack: null, trial: 1 },
    mocks: {
      world: {},
      refuses: given.refuses ?? (() => null),
      call: async (call) => answer(call),
    },
    source: {
      ask: async () => {
        const turn = turns[asked++] ?? new Error('Nothing left to say');
        if (turn instanceof Error) throw turn;
        return replyOf(turn, asked);
      },
      close: async () => undefined,
    },
    costOf: given.costOf ?? (() => null),
    spend: (usd) => spent.push(usd),
    needsCost: given.needsCost ?? false,
    ...(given.guard && { guard: given.guard }),
  });
  return {
    ...session,
    spent,
    pass: time.pass,
    interrupt: () => interruption.abort(),
    ask: (results = {}) => session.askModel(requestOf(results)),
    told: () => session.steps.map(({ at_ms: _at, ...step }) => step),
  };
}

function replyOf(turn: MadeTurn, number: number): ModelReply {
  const { say = null, calls = [], usage = null, cost_usd, status = 200 } = turn;
  const mark = { id: String(number), created: 0 };
  const body = dialects.chat.writeReply({ model: 'm', say, calls, usage }, mark);
  return { status, body, ...(cost_usd !== undefined && { cost_usd }) };
}

function requestOf(results: Readonly<Record<string, string>>): ModelRequest {
  const handed = Object.entries(results).map(([tool_call_id, content]) => ({
    role: 'tool',
    tool_call_id,
    content,
  }));
  const messages = [{ role: 'user', content: 'Go' }, ...handed];
  return { dialect: 'chat', body: { model: 'm', messages } };
}

/** A clock with timers. */
export function testTime() {
  let time = 1000;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  const due = () => [...timers].filter(({ at }) => at <= time);
  return {
    now: () => time,
    timers,
    after: (ms: number, run: () => void) => {
      const timer = { at: time + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    pass: (ms: number) => {
      time += ms;
      for (let next = due(); next.length > 0; next = due()) {
        for (const timer of next) {
          timers.delete(timer);
          timer.run();
        }
      }
    },
  };
}

/** What a promise of a stopped trial was rejected with: which ceiling or why, else its value. */
export async function haltOf(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work;
  } catch (thrown) {
    if (!(thrown instanceof TrialHalted)) throw thrown;
    return thrown.halt.kind === 'limit' ? thrown.halt.limit : thrown.halt.kind;
  }
}
