import { createInterface, type Interface } from 'node:readline';
import { AgentopsError } from '../errors.ts';
import { onAbort } from '../io/on-abort.ts';
import type { ApprovalAnswer } from '../live/approval-request.ts';
import type { AskPerson, PersonQuestion } from '../live/people.ts';
import { cut } from '../match/show.ts';
import { terminalLine } from '../report/terminal-text.ts';
import { type Environment, lookOf, type StreamFacts } from './terminal.ts';

/** A terminal to ask a person at. */
export interface PersonTerminal {
  readonly input: NodeJS.ReadableStream & StreamFacts;
  readonly output: StreamFacts & { write(text: string): unknown };
  readonly environment: Environment;
  /** Keeps everything else off the terminal until what it returns is called. */
  readonly hold: () => () => void;
}

/** A person who can be asked, one question at a time. */
export interface Person {
  readonly ask: AskPerson;
  /** Lets go of the input. */
  close(): void;
}

/** Finds the person at a terminal; null where input or output is none, and in CI. */
export function personAtTerminal(terminal: PersonTerminal): Person | null {
  const { input, output, environment } = terminal;
  const inCi = environment['CI'] && environment['CI'] !== 'false';
  if (!input.isTTY || !output.isTTY || inCi) return null;
  const lines = answeredLines(input);
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask: (question) => {
      const answer = last.then(() => askOne(terminal, lines, question));
      last = answer.catch(() => undefined); // whoever asked is told
      return answer;
    },
    close: lines.close,
  };
}

const CHOICE = 'approve, deny or terminate? (a, d or t, and a reason if you like) ';
const CHOICES: Readonly<Record<string, ApprovalAnswer['decision']>> = {
  ...{ a: 'approve', approve: 'approve' },
  ...{ d: 'deny', deny: 'deny' },
  ...{ t: 'terminate', terminate: 'terminate' },
};
/** The most characters of arguments that are shown. */
const MOST_SHOWN = 2000;

/** Asks until the answer can be understood. */
async function askOne(
  { output, environment, hold }: PersonTerminal,
  lines: AnsweredLines,
  question: PersonQuestion,
): Promise<ApprovalAnswer> {
  question.signal.throwIfAborted();
  const release = hold();
  try {
    output.write(wordsOf(question, lookOf(output, environment).ascii));
    for (;;) {
      output.write(CHOICE);
      const answer = answerIn(await lines.next(question.signal));
      if (answer) return answer;
    }
  } catch (thrown) {
    output.write('\n');
    throw thrown;
  } finally {
    release();
  }
}

function wordsOf({ trial, tool, args }: PersonQuestion, ascii: boolean): string {
  const { task, agent, attack } = trial;
  const names = [task, ...(attack === null ? [] : [attack]), agent, trial.trial].join('/');
  const safe = (text: string) => terminalLine(cut(text, MOST_SHOWN), ascii);
  const shown = safe(JSON.stringify(args) ?? 'null');
  return `${safe(names)} wants to call ${safe(tool)}\n  ${shown}\n`;
}

/** What a line says; null where that is not clear, which never approves. */
function answerIn(line: string): ApprovalAnswer | null {
  const [, word = '', said = ''] = /^\s*(\S*)\s*(.*?)\s*$/su.exec(line) ?? [];
  const choice = word.toLowerCase();
  if (!Object.hasOwn(CHOICES, choice)) return null;
  const decision = CHOICES[choice] as ApprovalAnswer['decision']; // just looked up
  return { decision, ...(said !== '' && { reason: said }) };
}

interface AnsweredLines {
  /** The next line from now on; rejects once the signal aborts, and where no more lines come. */
  next(signal: AbortSignal): Promise<string>;
  close(): void;
}

/** Reads lines that answer; what was typed while nothing was asked answers nothing. */
function answeredLines(input: NodeJS.ReadableStream): AnsweredLines {
  let reader: Interface | null = null;
  let take: ((line: string | null) => void) | null = null;
  let ended = false;
  const open = (): Interface => {
    // Not as a terminal: Ctrl-C is then a signal to this process, as ever
    const opened = createInterface({ input, terminal: false });
    opened.on('line', (line) => take?.(line));
    opened.on('close', () => {
      ended = true;
      take?.(null);
    });
    return opened;
  };
  return {
    next: (signal) =>
      new Promise((resolve, reject) => {
        reader ??= open();
        if (ended) return reject(noMoreLines());
        const forget = onAbort(signal, () => {
          take = null;
          reject(signal.reason);
        });
        take = (line) => {
          forget();
          take = null;
          if (line === null) reject(noMoreLines());
          else resolve(line);
        };
      }),
    close: () => reader?.close(),
  };
}

function noMoreLines(): AgentopsError {
  return new AgentopsError('input_fault', 'Cannot ask a person: standard input has ended');
}
