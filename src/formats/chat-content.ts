import { isObject } from '../json/object.ts';
import type { ContentPart, MessageStep } from '../model/trajectory.ts';
import { recordFault } from './each-record.ts';
import { kindWords } from './kind-words.ts';
import { parseJson } from './parse-json.ts';

type Content = MessageStep['content'];
type Message = Readonly<Record<string, unknown>>;

/** What a chat message says: its text as it is; typed parts where there is more, with reasoning first. Throws `input_fault`. */
export function contentOf(message: Message): Content {
  const { content, refusal } = message;
  const reasoning = message['reasoning_content'] ?? message['reasoning'];
  const parts: ContentPart[] = [];
  if (isSaid(reasoning)) parts.push({ type: 'reasoning', text: reasoning });
  const said = saidIn(content);
  if (isSaid(refusal)) parts.push({ type: 'refusal', refusal });
  if (isObject(message['audio'])) parts.push(audioPart(message['audio']));
  if (parts.length === 0) return said;
  if (typeof said === 'string')
    return said === '' ? parts : [...parts, { type: 'text', text: said }];
  return [...parts, ...(said ?? [])];
}

function isSaid(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function saidIn(content: unknown): Content {
  if (content === undefined || content === null) return null;
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(partOf);
  throw recordFault(`Its content is ${kindWords(content)}, expected a text or a list of parts`);
}

function partOf(part: unknown, index: number): ContentPart {
  if (typeof part === 'string') return { type: 'text', text: part };
  if (!isObject(part) || typeof part['type'] !== 'string') {
    throw recordFault(
      `Its content part ${index} is ${kindWords(part)}, expected an object with a type`,
    );
  }
  const { type, text } = part;
  const isText = type === 'input_text' || type === 'output_text';
  if (text !== undefined && typeof text !== 'string') {
    throw recordFault(`Its content part ${index} has ${kindWords(text)} as its text`);
  }
  return { ...part, type: isText ? 'text' : type };
}

/** Spoken answers carry what they say beside the sound. */
function audioPart(audio: Record<string, unknown>): ContentPart {
  const transcript = audio['transcript'];
  return { type: 'audio', ...(isSaid(transcript) && { text: transcript }), audio };
}

/** What a tool answered: JSON text of an object or a list as that value, so that matchers can look into it; any other text, such as `42`, as it is. */
export function resultOf(content: unknown): unknown {
  const said = saidIn(content);
  const text = Array.isArray(said) ? joined(said) : said;
  if (typeof text !== 'string') return said;
  if (!/^\s*[[{]/.test(text)) return text;
  const parsed = parseJson(text);
  return 'value' in parsed ? parsed.value : text;
}

/** The text of parts that are nothing but text; null for any others. */
function joined(parts: readonly ContentPart[]): string | null {
  const texts = parts.map(({ type, text }) => (type === 'text' ? text : undefined));
  return texts.every((text) => text !== undefined) ? texts.join('') : null;
}
