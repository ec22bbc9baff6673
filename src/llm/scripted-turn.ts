import { isObject } from '../json/object.ts';
import { compileMatcher, SELECTING } from '../match/compile.ts';
import type { Matcher } from '../match/matcher.ts';
import { BARE_SCOPE } from '../match/scope.ts';
import { holds } from '../match/tri.ts';
import type { ModelReply, RequestedCall, TurnUsage } from '../model/exchange.ts';
import type {
  ScriptedCall,
  ScriptedTurn,
  ScriptTurns,
  scriptedRequestKeys,
} from '../model/script.ts';
import type { DialectCodec } from './dialects/dialect-codec.ts';

/** What the `when` of a turn is held against. */
export type ScriptedRequest = Readonly<Record<(typeof scriptedRequestKeys)[number], unknown>>;

/** A turn of a script, ready to be played. */
export interface PlayableTurn {
  readonly turn: ScriptedTurn;
  /** null where it waits for its place in the order. */
  readonly when: Matcher | null;
  /** How often it answers. */
  readonly uses: number;
}

/** What makes an answer one of its trial. */
export interface AnswerSetting {
  readonly codec: DialectCodec;
  /** Model that was asked. */
  readonly model: string;
  /** Part of the answer's id, unique in its trial. */
  readonly id: string;
  /** Gives the next id of a call. */
  readonly callId: () => string;
}

const CREATED = 1_700_000_000; // an answer of a script is the same whenever it is given
const NO_TOKENS: TurnUsage = { input_tokens: 0, output_tokens: 0 };

/** Makes turns ready to be played; those with `when` answer as often as they match unless they say how often. */
export function playable(turns: ScriptTurns): PlayableTurn[] {
  return turns.map((given) => {
    const turn = typeof given === 'string' ? { say: given } : given;
    if (turn.when === undefined) return { turn, when: null, uses: turn.uses ?? 1 };
    const when = compileMatcher(turn.when, SELECTING, () => {}); // its faults are those of the suite
    return { turn, when, uses: turn.uses ?? Number.POSITIVE_INFINITY };
  });
}

/** Tells whether a turn with `when` answers a request. */
export function answers({ when }: PlayableTurn, request: ScriptedRequest): boolean {
  return when !== null && holds(when.test(request, BARE_SCOPE), 'no');
}

/** The answer of a turn; it costs nothing unless its tokens or its cost are said. */
export function answerOf(turn: ScriptedTurn, setting: AnswerSetting): ModelReply {
  const { codec, model, id, callId } = setting;
  if (turn.error) {
    const { status, message, code, retry_after } = turn.error;
    const body = codec.writeError(status, { message, code: code ?? null });
    return { status, body, cost_usd: 0, ...(retry_after === undefined ? {} : { retry_after }) };
  }
  const said = {
    model: turn.model ?? model,
    say: turn.say ?? null,
    calls: (turn.calls ?? []).map((call) => requested(call, callId)),
    usage: turn.usage ? stated(turn.usage) : NO_TOKENS,
  };
  const body = codec.writeReply(said, { id, created: CREATED });
  if (turn.cost_usd === undefined && turn.usage) return { status: 200, body };
  return { status: 200, body, cost_usd: turn.cost_usd ?? 0 };
}

function stated({ cached_tokens, ...usage }: NonNullable<ScriptedTurn['usage']>): TurnUsage {
  return cached_tokens === undefined ? usage : { ...usage, cached_tokens };
}

function requested(call: ScriptedCall, callId: () => string): RequestedCall {
  if (typeof call === 'string') return { id: callId(), tool: call, args: {} };
  const { tool, args, id } = call;
  if (typeof tool === 'string') {
    return { id: typeof id === 'string' ? id : callId(), tool, args: argsOf(args) };
  }
  const [[name, given] = ['', {}]] = Object.entries(call);
  return { id: callId(), tool: name, args: argsOf(given) };
}

function argsOf(given: unknown): Record<string, unknown> {
  return isObject(given) ? given : {};
}
