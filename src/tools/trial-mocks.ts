import { AgentopsError, messageOf } from '../errors.ts';
import { didYouMean } from '../match/nearest-name.ts';
import { jsonCopy, NotJson } from './json-copy.ts';
import { cannotAnswer } from './mock-fault.ts';
import type { MockedCall, ToolAnswer, TrialTools } from './tool-host.ts';
import type { Answerer, ToolMock } from './tool-mock.ts';

/** A declared tool, ready for any number of trials. */
export interface HostedTool {
  /** null where the suite gives it none. */
  readonly mock: ToolMock | null;
  /** Why it refuses arguments, null where it takes them; null for a tool that takes any. */
  readonly refuses: ((args: unknown) => string | null) | null;
}

/** The mocks of one trial: their counts, and a world that is copied when it is first touched. */
export class TrialMocks implements TrialTools {
  private readonly tools: ReadonlyMap<string, HostedTool>;
  private readonly initial: Readonly<Record<string, unknown>>;
  private readonly answerers = new Map<string, Answerer>();
  private touched: Record<string, unknown> | null = null;
  private readonly ownWorld = (): Record<string, unknown> => {
    this.touched ??= copyOfWorld(this.initial);
    return this.touched;
  };

  constructor(tools: ReadonlyMap<string, HostedTool>, initial: Readonly<Record<string, unknown>>) {
    this.tools = tools;
    this.initial = initial;
  }

  get world(): Record<string, unknown> {
    return copyOfWorld(this.touched ?? this.initial);
  }

  refuses(tool: string, asked: unknown = {}): string | null {
    const { args, problem } = copyOfArguments(asked);
    const hosted = this.tools.get(tool);
    return problem ?? (hosted ? refusalOf(hosted, tool, args) : null);
  }

  async call({ tool, args: asked = {}, signal }: MockedCall): Promise<ToolAnswer> {
    signal.throwIfAborted();
    const { args, problem } = copyOfArguments(asked);
    const hosted = this.tools.get(tool);
    if (!hosted) throw cannotAnswer(tool, args, this.unknownTool(tool));
    if (!hosted.mock) throw cannotAnswer(tool, args, 'the suite gives this tool no mock');
    const refusal = problem ?? refusalOf(hosted, tool, args);
    if (refusal !== null) return { error: { code: 'invalid_arguments', message: refusal } };
    const answerer = this.answerers.get(tool) ?? hosted.mock.begin();
    this.answerers.set(tool, answerer);
    return answerer({ tool, args, asked, signal, world: this.ownWorld });
  }

  private unknownTool(tool: string): string {
    if (this.tools.size === 0) return 'the suite mocks no tools';
    const known = didYouMean(tool, [...this.tools.keys()]);
    return `the suite mocks no tool of that name; ${known}`;
  }
}

function copyOfArguments(asked: unknown): { args?: unknown; problem: string | null } {
  try {
    return { args: jsonCopy(asked), problem: null };
  } catch (thrown) {
    if (thrown instanceof NotJson) return { problem: `not JSON: ${thrown.message}` };
    throw thrown;
  }
}

/** Why a tool does not take arguments, in the words of a real one. */
function refusalOf({ refuses }: HostedTool, tool: string, args: unknown): string | null {
  try {
    return refuses?.(args) ?? null;
  } catch (thrown) {
    const why = `its input is no JSON Schema: ${messageOf(thrown)}`;
    throw cannotAnswer(tool, args, why, thrown);
  }
}

function copyOfWorld(world: Readonly<Record<string, unknown>>): Record<string, unknown> {
  try {
    return jsonCopy(world) as Record<string, unknown>; // a copy of an object
  } catch (thrown) {
    if (!(thrown instanceof NotJson)) throw thrown;
    const message = `Cannot keep the world: it holds ${thrown.message}, expected JSON`;
    throw new AgentopsError('mock_fault', message);
  }
}
