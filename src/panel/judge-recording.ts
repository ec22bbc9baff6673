import { closeSync } from 'node:fs';
import { AgentopsError } from '../errors.ts';
import { groupBy } from '../json/group-by.ts';
import { type Redact, redactedCopy } from '../llm/redacted-copy.ts';
import type { AskedAbout, BallotName, JudgeExchange, RecordedAnswer } from './judge-exchange.ts';
import { appendLine, bytesAt, openIfAny, openToAppend } from './judgement-file.ts';
import {
  type LocatedJudgement,
  type OpenJudgement,
  parseAnswer,
  parseHead,
  readJudgements,
} from './read-judgements.ts';
import { rewriteJudgements } from './rewrite-judgements.ts';

/** What the models of judges have answered, by what they were asked. */
export interface JudgeRecording {
  /** The answer of a key, null where there is none. Throws `input_fault` or `disk_fault`. */
  find(key: string): RecordedAnswer | null;
  /** Adds an exchange to the file at once, whole or not at all. Throws `disk_fault`. */
  append(exchange: JudgeExchange): void;
  /** What the same ballot was asked for otherwise, of whatever model. Throws like `find`. */
  near(asked: BallotName): readonly AskedAbout[];
  /** Sets the file in order where something was added. Throws `input_fault` or `disk_fault`; what was added then stays at its end. */
  close(): Promise<void>;
}

/** How a recording is opened. */
export interface JudgeRecordingOptions {
  /** It may grow; else adding to it is a fault of the program. */
  readonly writes: boolean;
  /** Takes secrets out of what models wrote, and of what was posted. */
  readonly redact?: Redact;
  /** Told of a last line that is cut off. */
  readonly note?: (text: string) => void;
}

/** Opens a recording, which need not be there; holds no more of it than where each exchange stands. Of two exchanges with one key the first counts. Throws `input_fault` or `disk_fault`. */
export async function openJudgeRecording(
  file: string,
  { writes, redact, note = () => undefined }: JudgeRecordingOptions,
): Promise<JudgeRecording> {
  const lines = await readJudgements(file, note);
  const reading = openIfAny(file);
  let writing: number | null = null;
  const index = new Map<string, OpenJudgement>();
  const added: OpenJudgement[] = [];
  let byBallot: Map<string, AskedAbout[]> | null = null;
  let isClosed = false;

  function take(located: LocatedJudgement, from: number): OpenJudgement {
    const judgement = { ...located, from };
    if (!index.has(located.key)) index.set(located.key, judgement);
    return judgement;
  }
  if (reading !== null) for (const located of lines.found) take(located, reading);

  function find(key: string): RecordedAnswer | null {
    const located = index.get(key);
    if (!located) return null;
    const exchange = parseAnswer(file, located.line, bytesAt(file, located.from, located));
    if (exchange.key === key) return exchange;
    const message = `Cannot read line ${located.line} of recording "${file}": the file was changed while it was read`;
    throw new AgentopsError('input_fault', message);
  }

  function append(exchange: JudgeExchange): void {
    if (!writes) throw new TypeError(`"${file}" was opened to be read`);
    writing ??= openToAppend(file, lines);
    const place = appendLine(file, writing, lineOf(exchange, redact));
    const line = lines.found.length + added.length + 1;
    added.push(take({ key: exchange.key, ...place, line }, writing));
  }

  function near(asked: BallotName): readonly AskedAbout[] {
    const heads = () =>
      [...index.values()].map((at) => parseHead(file, at.line, bytesAt(file, at.from, at)));
    byBallot ??= groupBy(heads(), ballotOf);
    return byBallot.get(ballotOf(asked)) ?? [];
  }

  async function close(): Promise<void> {
    if (isClosed) return;
    isClosed = true;
    try {
      if (added.length > 0) await rewriteJudgements(file, added);
    } finally {
      for (const descriptor of [reading, writing]) if (descriptor !== null) closeSync(descriptor);
    }
  }

  return { find, append, near, close };
}

/** Characters of a line: one that takes 64 MiB could not be read again. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** The line of an exchange; without what is for people only where that is nested too deeply to be written, or too long to be read again. */
function lineOf(exchange: JudgeExchange, redact: Redact | undefined): string {
  const { text, refusal, request, response, ...rest } = exchange;
  const said = redactedCopy({ text, refusal }, redact) as typeof rest; // an object stays one
  try {
    const forPeople = redactedCopy({ request, response }, redact) as typeof rest; // an object stays one
    const whole = JSON.stringify({ ...rest, ...said, ...forPeople });
    if (whole.length <= LONGEST_LINE) return whole;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
  }
  return JSON.stringify({ ...rest, ...said });
}

function ballotOf({ judge, task, agent, attack, trial, step, vote, attempt }: BallotName): string {
  return JSON.stringify([judge, task, agent, attack, trial, step, vote, attempt]);
}
