import { AgentopsError } from '../errors.ts';
import { codeOf } from '../io/disk-fault.ts';
import { type Line, readLines } from '../io/line-reader.ts';
import { isObject } from '../json/object.ts';
import { type AskedAbout, JudgeExchange, type RecordedAnswer } from './judge-exchange.ts';

/** Where an exchange stands in a recording of judges. */
export interface LocatedJudgement {
  readonly key: string;
  readonly offset: number;
  readonly bytes: number;
  /** From 1. */
  readonly line: number;
}

/** The same, with the open file in which it stands. */
export interface OpenJudgement extends LocatedJudgement {
  readonly from: number;
}

/** A recording of judges, as far as it was looked at. */
export interface JudgementLines {
  readonly found: readonly LocatedJudgement[];
  /** A last line that is cut off; null where there is none. */
  readonly torn: { readonly offset: number; readonly bytes: number } | null;
  /** The last line is whole, and its line break is missing. */
  readonly lacksBreak: boolean;
}

/** What every line that we wrote begins with, before the 64 digits of its key. */
const START = Buffer.from('{"schema_version":1,"key":"');
const DIGITS = 64;
const CLOSE = 0x7d;
const KEY = /^[0-9a-f]{64}$/;

/** Looks where the exchanges of a recording stand, none where there is no file; a line that begins and ends as we write them is not parsed before it is asked for. A last line that is cut off is left out and noted. Throws `input_fault` with the line that is broken, or `disk_fault`. */
export async function readJudgements(
  file: string,
  note: (text: string) => void,
): Promise<JudgementLines> {
  const found: LocatedJudgement[] = [];
  let lacksBreak = false;
  try {
    for await (const lines of readLines(file)) {
      for (const line of lines) {
        if (line.blank) continue;
        const { number, offset, bytes, torn } = line;
        const key = keyOf(file, line);
        if (key === undefined) {
          note(`Line ${number} of recording "${file}" is cut off and left out`);
          return { found, torn: { offset, bytes }, lacksBreak: false };
        }
        found.push({ key, offset, bytes, line: number });
        lacksBreak = torn;
      }
    }
  } catch (thrown) {
    if (!isAbsent(thrown)) throw thrown;
  }
  return { found, torn: null, lacksBreak };
}

function isAbsent(thrown: unknown): boolean {
  return thrown instanceof AgentopsError && codeOf(thrown.cause) === 'ENOENT';
}

/** The key of a line, undefined where it is cut off. */
function keyOf(file: string, { number, buffer, torn }: Line): string | undefined {
  if (!buffer) throw judgementFault(file, number, 'it is longer than 64 MiB');
  const isOurs = !torn && buffer.at(-1) === CLOSE && buffer.subarray(0, START.length).equals(START);
  const key = isOurs ? buffer.toString('latin1', START.length, START.length + DIGITS) : '';
  if (KEY.test(key)) return key;
  try {
    return parseJudgement(file, number, buffer.toString('utf8')).key;
  } catch (thrown) {
    if (torn && thrown instanceof AgentopsError && thrown.cause instanceof SyntaxError) {
      return undefined;
    }
    throw thrown;
  }
}

/** Parses and checks a line. Throws `input_fault` with what is wrong with it. */
function parseJudgement(file: string, line: number, text: string): JudgeExchange {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw judgementFault(file, line, 'it is no JSON, expected one exchange a line', cause);
  }
  const { data, error } = JudgeExchange.safeParse(value);
  if (data) return data;
  const [issue] = error.issues;
  const where = issue?.path.join('.') ?? '';
  throw judgementFault(file, line, `"${where}" is not valid: ${issue?.message ?? ''}`);
}

/** The answer of a line, of which what is for people is not parsed where it stands last, as we write it. Throws `input_fault`. */
export function parseAnswer(file: string, line: number, bytes: Buffer): RecordedAnswer {
  const value = upTo(bytes, REQUEST);
  return isAnswer(value) ? value : parseJudgement(file, line, bytes.toString());
}

/** Whose ballot a line is for, without the rest where it is written as we do. Throws `input_fault`. */
export function parseHead(file: string, line: number, bytes: Buffer): AskedAbout {
  return HEAD.safeParse(upTo(bytes, NONCE)).data ?? parseJudgement(file, line, bytes.toString());
}

const REQUEST = Buffer.from(',"request":');
const NONCE = Buffer.from(',"nonce":"');

/** What stands before a key, null where that cannot be told. No text within JSON holds a quote that is not escaped, so that a key is found as it is written. */
function upTo(bytes: Buffer, key: Buffer): unknown {
  const end = bytes.indexOf(key);
  if (end === -1) return null;
  try {
    return JSON.parse(`${bytes.toString('utf8', 0, end)}}`);
  } catch {
    return null; // it stands within another value
  }
}

/** By hand: a thousand answers are to be read in a moment, and a schema takes as long to get going. */
function isAnswer(value: unknown): value is RecordedAnswer {
  if (!isObject(value)) return false;
  const { key, nonce, text, refusal, cut_off: isCutOff, flags } = value;
  return (
    typeof key === 'string' &&
    typeof nonce === 'string' &&
    (text === null || typeof text === 'string') &&
    (refusal === null || typeof refusal === 'string') &&
    typeof isCutOff === 'boolean' &&
    Array.isArray(flags) &&
    flags.every((flag) => typeof flag === 'string')
  );
}

const HEAD = JudgeExchange.pick({
  judge: true,
  suite: true,
  task: true,
  agent: true,
  attack: true,
  trial: true,
  step: true,
  model: true,
  vote: true,
  attempt: true,
  parts: true,
});

function judgementFault(file: string, line: number, why: string, cause?: unknown): AgentopsError {
  const message = `Cannot read line ${line} of recording "${file}": ${why}`;
  return new AgentopsError('input_fault', message, cause === undefined ? {} : { cause });
}
