import type { LiveCall, Session } from '../live/session.ts';
import { scriptedSource } from '../llm/scripted.ts';
import type { ModelReply, ModelRequest } from '../model/exchange.ts';
import type { Script } from '../model/script.ts';
import type { ToolAnswer } from '../tools/tool-host.ts';

/** A session that keeps what it is asked, with a scripted model and tools that echo. */
export interface FakeSession extends Session {
  readonly requests: ModelRequest[];
  readonly calls: LiveCall[];
  readonly faults: Error[];
  readonly tracked: Promise<unknown>[];
}

/** What a fake session answers with. */
export interface FakeAnswers {
  readonly script?: Script;
  readonly model?: (request: ModelRequest) => Promise<ModelReply>;
  readonly tool?: (call: LiveCall) => Promise<ToolAnswer>;
}

/** Makes a fake session. */
export function fakeSession(id: string, answers: FakeAnswers = {}): FakeSession {
  const { signal } = new AbortController();
  const source = scriptedSource(answers.script ?? ['Hello.'], { sleep: async () => {} });
  const asker = { task: 'late', trial: 1, key: {}, signal, waited: () => {} };
  const { model = (request) => source.ask(request, asker) } = answers;
  const { tool = async ({ args }) => ({ result: args }) } = answers;
  const kept = {
    requests: [] as ModelRequest[],
    calls: [] as LiveCall[],
    faults: [] as Error[],
    tracked: [] as Promise<unknown>[],
  };
  return {
    ...kept,
    trial: { id, suite: 'shop', task: 'late', agent: 'a', attack: null, trial: 1 },
    signal,
    tools: { get_order: { description: 'Looks an order up', input: { type: 'object' } } },
    approvalTool: null,
    steps: [],
    touched: () => false,
    waited: () => {},
    halted: () => null,
    record: () => {},
    track: (work) => {
      kept.tracked.push(work);
      return work;
    },
    fault: (error) => void kept.faults.push(error),
    askModel: (request) => {
      kept.requests.push(request);
      return model(request);
    },
    tellCall: () => {},
    requestApproval: async () => ({ decision: 'deny' }),
    callTools: (calls) => Promise.all(calls.map(tool)),
    callTool: (call) => {
      kept.calls.push(call);
      return tool(call);
    },
  };
}
