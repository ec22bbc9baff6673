import { onAbort } from '../io/on-abort.ts';
import { askJudgeModel, type JudgeModel } from './ask-judge-model.ts';
import { endpointFor } from './endpoint-for.ts';
import type { JudgePort } from './judge-port.ts';
import type { LiveOptions } from './live-source.ts';
import { modelFault } from './model-fault.ts';
import { ModelLane } from './model-lane.ts';
import { openClient, type Post } from './open-client.ts';
import type { Prices } from './prices.ts';

/** What a port is made of. */
export interface JudgePortOptions extends Omit<LiveOptions, 'timeoutMs'> {
  readonly prices: Prices;
}

const AT_ONCE = 20;
const TWO_MINUTES = 120;

/** Opens the port to the models of judges: each has a lane of its own, in the chat dialect, at the endpoint that is configured for it. */
export function openJudgePort(options: JudgePortOptions): JudgePort {
  const post = openClient(options.importModule, options.fetch);
  const models = new Map<string, JudgeModel>();
  return {
    async ask(request, signal) {
      signal.throwIfAborted();
      const { model: name } = request;
      const model = models.get(name) ?? modelOf(name, post, options);
      models.set(name, model);
      const work = () => unless(signal, (own) => askJudgeModel(model, request, own));
      return model.lane.run(work, signal);
    },
  };
}

function modelOf(name: string, post: Post, options: JudgePortOptions): JudgeModel {
  const { endpoints, environment, prices, sleep, random, now } = options;
  const endpoint = endpointFor(name, 'chat', endpoints, environment, 'a judge');
  const {
    concurrency = AT_ONCE,
    requests_per_minute: requestsPerMinute = Number.POSITIVE_INFINITY,
    timeout_seconds: seconds = TWO_MINUTES,
  } = endpoint.configured;
  const fault = (why: string) => modelFault(name, endpoint, why);
  const lane = new ModelLane({ concurrency, requestsPerMinute, fault, sleep, now });
  const timeoutMs = Math.max(1, Math.round(seconds * 1000)); // the client takes whole ones
  const patience = { sleep, random, now };
  const known = { missing: new Set<never>(), givenUp: { inARow: 0 } };
  return { name, endpoint, lane, ...known, timeoutMs, post, patience, prices };
}

/** Works unless a signal aborts, and then rejects at once with its reason. The work has a signal of its own: what listens to that is gone with it. */
function unless<Result>(
  signal: AbortSignal,
  work: (own: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  return new Promise<Result>((resolve, reject) => {
    const own = new AbortController();
    const forget = onAbort(signal, () => {
      reject(signal.reason);
      own.abort(signal.reason);
    });
    work(own.signal).then(resolve, reject).finally(forget);
  });
}
