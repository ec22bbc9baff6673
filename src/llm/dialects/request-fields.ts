import { isObject } from '../../json/object.ts';

type Fields = Record<string, unknown>;

/** Thrown for a posted body that is no valid request: the agent is answered with status 400. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest';
  /** Where the fault is, such as `messages[2].role`; null where it is the body itself. */
  readonly param: string | null;

  constructor(message: string, param: string | null) {
    super(message);
    this.param = param;
  }
}

/** Refuses a request for what stands at a place; an empty place is the body itself. */
export function refuse(place: string, wanted: string): never {
  const where = place === '' ? 'its body' : place;
  throw new RefusedRequest(
    `Cannot read the request: ${where} must be ${wanted}`,
    place === '' ? null : place,
  );
}

/** A map that must stand at a place. */
export function fieldsAt(value: unknown, place: string): Fields {
  return isObject(value) ? value : refuse(place, 'an object');
}

/** A list at a place; none at all is an empty one. */
export function listAt(value: unknown, place: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : refuse(place, 'a list');
}

/** Text that must stand at a place and is not empty. */
export function nameAt(value: unknown, place: string): string {
  return typeof value === 'string' && value !== '' ? value : refuse(place, 'text');
}

/** A flag at a place; none at all is false. */
export function flagAt(value: unknown, place: string): boolean {
  if (value === undefined || value === null) return false;
  return typeof value === 'boolean' ? value : refuse(place, 'true or false');
}

/** The text of content at a place: its text parts joined by line ends, empty where there are none. */
export function spokenAt(content: unknown, place: string): string {
  return partsAt(content, place)
    .map((part) => part['text'])
    .filter((text) => typeof text === 'string')
    .join('\n');
}

/** Content that a tool handed back: text where it is nothing but text, else its parts. */
export function handedAt(content: unknown, place: string): unknown {
  const parts = partsAt(content, place);
  return parts.every(({ text }) => typeof text === 'string') ? spokenAt(content, place) : parts;
}

function partsAt(content: unknown, place: string): readonly Fields[] {
  if (content === undefined || content === null) return [];
  if (typeof content === 'string') return [{ text: content }];
  if (!Array.isArray(content)) return refuse(place, 'text or a list of parts');
  return content.map((part, index) => fieldsAt(part, `${place}[${index}]`));
}

/** Texts as one, null where all are empty. */
export function joined(texts: readonly string[]): string | null {
  return texts.filter((text) => text !== '').join('\n\n') || null;
}
