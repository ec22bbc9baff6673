import { startProgram } from '../agents/process/start-program.ts';
import { AgentopsError } from '../errors.ts';
import { after } from '../io/after.ts';
import { isObject } from '../json/object.ts';

/** Milliseconds for all of the conversation. */
const TIME_LIMIT = 30_000;
const MOST_TOOLS = 2000;
const MOST_PAGES = 100;
const OUTPUT_BYTES = 16 * 1024 * 1024;
const SHOWN = 300;

/** Asks a server of MCP, started for that and ended afterwards, for its tools, as its answer has them. It runs with the environment of this program. Throws `usage`, `input_fault`. */
export async function askMcpServer(command: string, timeLimit = TIME_LIMIT): Promise<unknown[]> {
  const [file, ...args] = wordsOf(command);
  if (file === undefined) throw new AgentopsError('usage', 'Cannot start "": expected a command');
  const controller = new AbortController();
  const waiting = new Map<number, (answer: Record<string, unknown>) => void>();
  const program = startProgram({
    program: [file, ...args],
    cwd: process.cwd(),
    env: definedIn(process.env),
    marker: {
      name: 'AGENTOPS_EVAL_MCP_SERVER',
      value: `${process.pid}-${process.hrtime.bigint()}`,
    },
    signal: controller.signal,
    limits: { outputBytes: OUTPUT_BYTES },
    onLine: (line) => {
      const message = messageIn(line);
      if (message !== null) hear(message, waiting, (answer) => void program.write(answer));
    },
  });
  let late = false;
  const callOff = after(timeLimit, () => {
    late = true;
    program.stop('time limit');
  });
  const ended = program.exited.then((end) => {
    const tail = end.startError?.message ?? end.stderrTail.trim().slice(-SHOWN);
    const reason = late ? `it did not answer within ${timeLimit / 1000} s` : 'it ended too early';
    const told = tail === '' ? '' : `\n${tail}`;
    throw new AgentopsError(
      'input_fault',
      `Cannot ask "${command}" for its tools: ${reason}${told}`,
    );
  });
  ended.catch(() => undefined); // it also ends when all went well
  const ask = asker(program, waiting);
  try {
    return await Promise.race([conversation(ask, command, (text) => program.write(text)), ended]);
  } finally {
    callOff();
    program.stop('done');
    await program.exited;
  }
}

type Ask = (method: string, params: object) => Promise<Record<string, unknown>>;

function asker(
  program: { write(text: string): Promise<boolean> },
  waiting: Map<number, (answer: Record<string, unknown>) => void>,
): Ask {
  let last = 0;
  return (method, params) =>
    new Promise((resolve) => {
      const id = ++last;
      waiting.set(id, resolve);
      void program.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    });
}

async function conversation(
  ask: Ask,
  command: string,
  write: (text: string) => Promise<boolean>,
): Promise<unknown[]> {
  const clientInfo = { name: 'agentops', version: __AGENTOPS_VERSION__ };
  const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
  resultOf(await ask('initialize', hello), command);
  await write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
  const tools: unknown[] = [];
  let cursor: unknown;
  for (let page = 0; page < MOST_PAGES; page++) {
    const params = typeof cursor === 'string' ? { cursor } : {};
    const result = resultOf(await ask('tools/list', params), command);
    if (!Array.isArray(result['tools'])) throw unusable(command, 'its answer holds no tools');
    for (const tool of result['tools']) tools.push(tool);
    if (tools.length > MOST_TOOLS) throw unusable(command, `it has more than ${MOST_TOOLS} tools`);
    cursor = result['nextCursor'];
    if (typeof cursor !== 'string' || cursor === '') return tools;
  }
  throw unusable(command, `its list has more than ${MOST_PAGES} pages`);
}

function resultOf(answer: Record<string, unknown>, command: string): Record<string, unknown> {
  const { result, error } = answer;
  if (isObject(result)) return result;
  const why = isObject(error) ? String(error['message']).slice(0, SHOWN) : 'it answers nothing';
  throw unusable(command, why);
}

function unusable(command: string, why: string): AgentopsError {
  return new AgentopsError('input_fault', `Cannot ask "${command}" for its tools: ${why}`);
}

/** Takes an answer to whoever waits for it, and answers what a server may ask. */
function hear(
  message: Record<string, unknown>,
  waiting: Map<number, (answer: Record<string, unknown>) => void>,
  reply: (text: string) => void,
): void {
  const { id, method } = message;
  if (typeof method === 'string') {
    if (id === undefined) return;
    const error = { code: -32601, message: 'Not offered here' };
    const answer = method === 'ping' ? { result: {} } : { error };
    reply(`${JSON.stringify({ jsonrpc: '2.0', id, ...answer })}\n`);
    return;
  }
  const answered = waiting.get(Number(id));
  waiting.delete(Number(id));
  answered?.(message);
}

/** A message in a line; null for what some servers print beside them. */
function messageIn(line: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line ?? '');
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The words of a command: spaces part them, except between quotes. No shell reads it. */
export function wordsOf(command: string): string[] {
  const words = command.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

function definedIn(environment: Readonly<Record<string, string | undefined>>) {
  const entries = Object.entries(environment);
  const set = entries.filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(set);
}
