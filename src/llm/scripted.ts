import { AgentopsError } from '../errors.ts';
import { canonicalJson } from '../json/canonical.ts';
import { sha256Hex } from '../json/digest.ts';
import { ordinal } from '../match/ordinal.ts';
import type { HandedResult, ModelReply, ModelRequest } from '../model/exchange.ts';
import type { Script, ScriptTurns } from '../model/script.ts';
import type { RequestFacts } from './dialects/dialect-codec.ts';
import { dialects } from './dialects/dialects.ts';
import { RefusedRequest } from './dialects/request-fields.ts';
import type { Asker, ModelSource } from './model-source.ts';
import {
  answerOf,
  answers,
  type PlayableTurn,
  playable,
  type ScriptedRequest,
} from './scripted-turn.ts';

/** What a scripted source needs of its surroundings. */
export interface ScriptedNeeds {
  /** Waits that many milliseconds; rejects as soon as the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A script as one trial plays it. */
interface Play {
  readonly turns: readonly PlayableTurn[];
  /** How often each turn has answered. */
  readonly used: number[];
  /** Ids of results that were handed back before. */
  readonly seen: Set<string>;
  asked: number;
  calls: number;
  /** The request as turns see it; one that only repeats a failed attempt is the same again. */
  request: ScriptedRequest | null;
  /** Digest of the request that was answered with an error just before, null where none was. */
  failed: string | null;
}

/** Makes a source that answers with the turns of a validated script, each trial from the start. */
export function scriptedSource(script: Script, { sleep }: ScriptedNeeds): ModelSource {
  const prepared = new Map<ScriptTurns, readonly PlayableTurn[]>();
  const plays = new WeakMap<object, Play>();
  const playOf = ({ key, task }: Asker): Play => {
    const listed = turnsFor(script, task);
    const turns = prepared.get(listed) ?? playable(listed);
    prepared.set(listed, turns);
    const play = plays.get(key) ?? begin(turns);
    plays.set(key, play);
    return play;
  };
  return {
    async ask(request, asker) {
      asker.signal.throwIfAborted();
      const codec = dialects[request.dialect];
      let facts: RequestFacts;
      try {
        facts = codec.readRequest(request.body);
      } catch (thrown) {
        if (!(thrown instanceof RefusedRequest)) throw thrown;
        return { status: 400, body: codec.writeError(400, thrown), cost_usd: 0 };
      }
      const { reply, delay } = play(playOf(asker), request, facts, asker.task);
      if (delay > 0) await sleep(delay, asker.signal);
      return reply;
    },
    close: async () => {},
  };
}

function turnsFor(script: Script, task: string): ScriptTurns {
  if (isTurns(script)) return script;
  const named = [task, '*'].find((name) => Object.hasOwn(script, name));
  return (named === undefined ? undefined : script[named]) ?? [];
}

function isTurns(script: Script): script is ScriptTurns {
  return Array.isArray(script);
}

function begin(turns: readonly PlayableTurn[]): Play {
  const used = turns.map(() => 0);
  return { turns, used, seen: new Set(), asked: 0, calls: 0, request: null, failed: null };
}

/** Plays one turn, without a pause: of two requests at once each has a turn of its own. */
function play(
  state: Play,
  request: ModelRequest,
  facts: RequestFacts,
  task: string,
): { reply: ModelReply; delay: number } {
  state.asked += 1;
  const again = state.failed !== null && state.failed === digestOf(request) ? state.request : null;
  const seen = again ?? requestFor(state, facts);
  state.request = seen;
  const { turn } = nextTurn(state, seen) ?? atItsEnd(state, task);
  state.failed = turn.error ? digestOf(request) : null;
  const reply = answerOf(turn, {
    codec: dialects[request.dialect],
    model: facts.model,
    id: `script_${state.asked}`,
    callId: () => {
      state.calls += 1;
      return `call_${state.calls}`;
    },
  });
  return { reply, delay: turn.delay_ms ?? 0 };
}

function digestOf({ dialect, body }: ModelRequest): string {
  return sha256Hex(canonicalJson([dialect, body]));
}

/** Turns whose `when` holds go first, each group in its order. */
function nextTurn(state: Play, request: ScriptedRequest): PlayableTurn | null {
  const { turns, used } = state;
  const left = (index: number) => (used[index] ?? 0) < (turns[index]?.uses ?? 0);
  const matching = turns.findIndex((turn, index) => left(index) && answers(turn, request));
  const index =
    matching >= 0 ? matching : turns.findIndex(({ when }, at) => when === null && left(at));
  if (index < 0) return null;
  used[index] = (used[index] ?? 0) + 1;
  return turns[index] ?? null;
}

function requestFor(state: Play, facts: RequestFacts): ScriptedRequest {
  const fresh = facts.results.filter((result) => isNew(state.seen, result));
  const before = state.request?.turn;
  return {
    model: facts.model,
    system: facts.system,
    user: facts.lastUserText,
    tools: facts.toolNames,
    results: fresh.map(({ content }) => parsed(content)),
    turn: typeof before === 'number' ? before + 1 : 1,
  };
}

function isNew(seen: Set<string>, { id, content }: HandedResult): boolean {
  const key = id === '' ? sha256Hex(canonicalJson(content)) : `id ${id}`;
  const fresh = !seen.has(key);
  seen.add(key);
  return fresh;
}

/** Tools answer with JSON as text: a matcher sees what it says. */
function parsed(content: unknown): unknown {
  if (typeof content !== 'string' || !/^\s*[[{]/.test(content)) return content;
  try {
    return JSON.parse(content);
  } catch {
    return content;
  }
}

function atItsEnd({ turns, asked }: Play, task: string): never {
  const which = `Cannot answer the ${ordinal(asked)} model request of task ${JSON.stringify(task)}`;
  if (turns.length === 0) {
    throw new AgentopsError('model_fault', `${which}: its script names neither that task nor *`);
  }
  const plain = turns.filter(({ when }) => when === null);
  const count = plain.reduce((sum, { uses }) => sum + uses, 0);
  const had = `its script has ${count} ${count === 1 ? 'turn' : 'turns'}`;
  const others =
    plain.length < turns.length ? ' beside those with "when", none of which matches' : '';
  throw new AgentopsError('model_fault', `${which}: ${had}${others}`);
}
