import { AgentopsError } from '../../errors.ts';
import type { Asker, ModelSource } from '../../llm/model-source.ts';
import { cut } from '../../match/show.ts';
import type { ModelReply, ModelRequest } from '../../model/exchange.ts';
import type { Simulation } from '../../model/suite.ts';
import type { Step } from '../../model/trajectory.ts';
import { readSimulatorReply, type SimulatorReply } from './simulator-reply.ts';
import { type Exchanged, heardIn, simulatorRequest } from './simulator-request.ts';
import type { UserSide } from './user-side.ts';

/** How often the user speaks at most, unless the suite says otherwise. */
const TURNS = 10;

/** What a simulated user is made of. */
export interface SimulatedUserOptions {
  readonly config: Simulation;
  /** Where the answers of the model come from; the caller closes it. */
  readonly source: ModelSource;
  readonly asker: Omit<Asker, 'signal'>;
  /** What the user says first, in place of an opening. */
  readonly input?: unknown;
  /** Told once why the conversation is over, for the trajectory. */
  readonly ended?: (reason: string) => void;
}

/** What a simulated user remembers of its conversation. */
interface Memory {
  /** What it said and heard so far, less what it said last. */
  readonly exchanged: Exchanged[];
  /** What it said last, null at the beginning. */
  said: string | null;
  /** Steps of the trial that it has heard of. */
  seen: number;
  /** Why it says no more, null while it does. */
  over: string | null;
}

/** A user whom a model plays. Its `next` throws `model_fault` where the model, or the source of its answers, is at fault. */
export function simulatedUser(options: SimulatedUserOptions): UserSide {
  const { config } = options;
  const most = config.turns ?? TURNS;
  const first = options.input ?? config.opening;
  const memory: Memory = { exchanged: [], said: null, seen: 0, over: null };
  let closed = false;
  const close = (reason: string) => {
    if (!closed) options.ended?.(reason);
    closed = true;
    return null;
  };
  return {
    next: async (steps, signal) => {
      if (closed) return null;
      hear(memory, steps);
      if (memory.over !== null) return close(memory.over);
      if (memory.exchanged.length >= most) {
        return close(`The user spoke ${most} times, the most that it may`);
      }
      if (memory.exchanged.length === 0 && first !== undefined) {
        memory.said = typeof first === 'string' ? first : JSON.stringify(first);
        return first;
      }
      const { say, done, reason } = await ask(options, memory, signal);
      if (done) memory.over = `The user was done: ${cut(reason, 200)}`;
      if (say.trim() === '') return close(memory.over ?? '');
      memory.said = say;
      return say;
    },
  };
}

/** Takes in what the agent said since the user last spoke. */
function hear(memory: Memory, steps: readonly Step[]): void {
  const { said, seen } = memory;
  if (said !== null) memory.exchanged.push({ said, heard: heardIn(steps.slice(seen)) });
  memory.said = null;
  memory.seen = steps.length;
}

async function ask(
  options: SimulatedUserOptions,
  { exchanged }: Memory,
  signal: AbortSignal,
): Promise<SimulatorReply> {
  const request = simulatorRequest(options.config, exchanged);
  return readSimulatorReply(await answerTo(request, options, signal));
}

/** What the source answers; whose request it was is said where it cannot. */
async function answerTo(
  request: ModelRequest,
  { source, asker }: SimulatedUserOptions,
  signal: AbortSignal,
): Promise<ModelReply> {
  try {
    return await source.ask(request, { ...asker, signal });
  } catch (thrown) {
    if (!(thrown instanceof AgentopsError) || thrown.code !== 'model_fault') throw thrown;
    const message = `Cannot go on as the user: ${thrown.message}`;
    throw new AgentopsError('model_fault', message, { cause: thrown });
  }
}
