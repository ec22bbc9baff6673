import { AgentopsError } from '../errors.ts';
import { codeOf } from '../io/disk-fault.ts';
import { type Line, readLines } from '../io/line-reader.ts';
import { exchangeKey } from './exchange-key.ts';
import { RecordedExchange } from './recorded-exchange.ts';

/** Where an exchange stands in a recording, and what it is looked up by. */
export interface Located {
  readonly task: string;
  readonly trial: number;
  readonly nth: number;
  readonly dialect: RecordedExchange['dialect'];
  readonly key: string;
  readonly offset: number;
  readonly bytes: number;
}

/** Told of what is odd and does no harm. */
export type Note = (text: string) => void;

/** The exchanges of a recording in order, validated. A last line that is cut off is left out and noted. Throws `input_fault` with the line that is broken, or `disk_fault`. */
export async function readExchanges(file: string, note: Note): Promise<Located[]> {
  const found: Located[] = [];
  for await (const lines of readLines(file)) {
    for (const line of lines) {
      if (line.blank) continue;
      const located = locate(file, line, note);
      if (located) found.push(located);
    }
  }
  return found;
}

/** The same, empty where there is no such file. */
export async function readExchangesIfAny(file: string, note: Note): Promise<Located[]> {
  try {
    return await readExchanges(file, note);
  } catch (thrown) {
    if (isAbsent(thrown)) return [];
    throw thrown;
  }
}

/** Tells whether reading failed because there is no file. */
export function isAbsent(thrown: unknown): boolean {
  return thrown instanceof AgentopsError && codeOf(thrown.cause) === 'ENOENT';
}

function locate(file: string, line: Line, note: Note): Located | null {
  const { number, offset, bytes, torn } = line;
  const fault = (why: string) =>
    new AgentopsError('input_fault', `Cannot read line ${number} of recording "${file}": ${why}`);
  if (!line.buffer) throw fault('it is longer than 64 MiB');
  let value: unknown;
  try {
    value = JSON.parse(line.buffer.toString('utf8'));
  } catch {
    if (!torn) throw fault('it is no JSON, expected one exchange a line');
    note(`Line ${number} of recording "${file}" is cut off and left out`);
    return null;
  }
  const { data, error } = RecordedExchange.safeParse(value);
  if (!data) {
    const [issue] = error.issues;
    throw fault(`"${issue?.path.join('.') ?? ''}" is not valid: ${issue?.message ?? ''}`);
  }
  const { task, trial, nth, dialect, request } = data;
  // The request is what counts: a recording may be edited by hand
  const key = request ? exchangeKey(request) : data.key;
  if (key === undefined) throw fault('it has neither "request" nor "key"');
  return { task, trial, nth, dialect, key, offset, bytes };
}
