import { isTooDeep } from '../json/is-too-deep.ts';
import { isObject } from '../json/object.ts';
import type { PortReply } from '../llm/judge-port.ts';
import { cut } from '../match/show.ts';
import type { JudgeAnswer } from '../model/llm-judge.ts';
import type { AnswerForm } from './answer-form.ts';
import { answerWords } from './answer-words.ts';

/** What a model answered with, unread. */
export type Answered = Pick<PortReply, 'text' | 'refusal' | 'isCutOff'>;

/** What an answer is held to. */
export interface Expected {
  /** Must be echoed exactly. */
  readonly nonce: string;
  /** Steps that were shown: an answer points at no others. */
  readonly steps: readonly number[];
}

/** A verdict. */
export interface ReadVerdict {
  readonly answer: JudgeAnswer;
  /** In the words of the model. */
  readonly reason: string;
  readonly evidence: readonly number[];
}

/** Why an answer is no verdict: a clause that holds none of the model's words, for the model; and one with them, cut, for people. */
export interface ReadMistake {
  readonly mistake: string;
  readonly shown: string;
}

/** Characters of an answer that is read: no verdict has need of more. */
export const LONGEST_ANSWER = 256 * 1024;
const SHOWN = 200;
const KEYS = ['nonce', 'reason', 'steps', 'answer'];
const FENCE = '```';

/** Reads the answer of a judge: exactly one JSON object with exactly the keys that were asked for, each once, our nonce, and an answer of the form. Anything else is a mistake; never throws, and takes time linear in the text. */
export function readAnswer(
  { text, refusal, isCutOff }: Answered,
  form: AnswerForm,
  expected: Expected,
): ReadVerdict | ReadMistake {
  if (refusal !== null && refusal !== '') {
    return { mistake: 'it was a refusal to answer', shown: `refused: ${quoted(refusal)}` };
  }
  const whole = text ?? '';
  const written = trimmed(whole);
  if (isCutOff) return misread('it was cut off before its end', 'was cut off', written);
  if (whole.length > LONGEST_ANSWER) {
    return misread(`it was longer than ${LONGEST_ANSWER} characters`, 'answered too much', written);
  }
  if (written === '') return { mistake: 'it was empty', shown: 'answered nothing' };
  const value = soleObject(withoutFence(written));
  if (!value) {
    const mistake = 'it was not one JSON object with nothing before or after it';
    return misread(mistake, 'answered with no single JSON object', written);
  }
  return readObject(value, written, form, expected);
}

/** Cut off by white space as JSON knows it, and by no other. */
function trimmed(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** What stands in a code fence that is the whole text. */
function withoutFence(text: string): string {
  const start = text.indexOf('\n') + 1;
  const opening = trimmed(text.slice(0, start)).toLowerCase();
  const isFenced = opening === FENCE || opening === `${FENCE}json`;
  const end = text.length - FENCE.length;
  return isFenced && end >= start && text.endsWith(FENCE) ? text.slice(start, end) : text;
}

function soleObject(text: string): Record<string, unknown> | null {
  if (isTooDeep(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function readObject(
  value: Readonly<Record<string, unknown>>,
  written: string,
  form: AnswerForm,
  { nonce, steps }: Expected,
): ReadVerdict | ReadMistake {
  const hasKeys = KEYS.every((key) => Object.hasOwn(value, key));
  if (!hasKeys || Object.keys(value).length !== KEYS.length) {
    const mistake = `it had other keys than ${KEYS.join(', ')}`;
    return misread(mistake, 'answered with other keys', written);
  }
  if (value['nonce'] !== nonce) {
    return misread('its nonce was not the one given', 'answered with another nonce', written);
  }
  const { reason, steps: named, answer } = value;
  if (typeof reason !== 'string') {
    return misread('its reason was no text', 'answered with a reason that is no text', written);
  }
  if (!Array.isArray(named) || !named.every(Number.isInteger)) {
    const mistake = 'its steps were no list of whole numbers';
    return misread(mistake, 'answered with steps that are no list of whole numbers', written);
  }
  if (!isAnswer(answer, form)) {
    const expected = answerWords(form);
    const shown = `answered ${quoted(answer)}, expected ${expected}`;
    return { mistake: `its answer was not one that may be given, expected ${expected}`, shown };
  }
  if (colonsIn(written) !== KEYS.length) {
    return misread('it had a key twice', 'answered with a key twice', written);
  }
  const known = new Set(steps);
  const evidence = [...new Set((named as number[]).filter((step) => known.has(step)).map(plain))]; // checked above
  return { answer: typeof answer === 'number' ? plain(answer) : answer, reason, evidence };
}

/** Colons outside of texts: as many as keys in an object that holds none; parsing would keep the last of two keys with one name and tell of neither. */
function colonsIn(text: string): number {
  let [colons, quoted] = [0, false];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted && char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (char === ':' && !quoted) colons++;
  }
  return colons;
}

/** No number is −0. */
function plain(value: number): number {
  return value === 0 ? 0 : value;
}

function isAnswer(answer: unknown, form: AnswerForm): answer is JudgeAnswer {
  if (form.kind === 'words') return typeof answer === 'string' && Object.hasOwn(form.words, answer);
  return typeof answer === 'number' && answer >= form.low && answer <= form.high; // infinite ones lie beyond
}

function misread(mistake: string, shown: string, written: string): ReadMistake {
  return { mistake, shown: `${shown}: ${quoted(written)}` };
}

/** What a model wrote, cut and in quotes; what it gave in place of words, as JSON. */
function quoted(given: unknown): string {
  if (typeof given === 'string') return JSON.stringify(cut(given, SHOWN));
  if (typeof given === 'number') return String(given); // JSON has no name for the infinite
  return cut(JSON.stringify(given) ?? 'nothing', SHOWN);
}
