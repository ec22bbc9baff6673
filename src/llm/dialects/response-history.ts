import { isObject } from '../../json/object.ts';
import { refuse } from './request-fields.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What came before a response, for requests that name it instead of repeating it. */
interface Remembered {
  /** Id of the response before it; a link to it would keep what was forgotten. */
  readonly previous: string | null;
  readonly items: readonly unknown[];
  readonly size: number;
}

/** Responses of one trial by their id. */
export interface ResponseHistory {
  /** A request with all that its `previous_response_id` stands for in its input. Throws `RefusedRequest` for an id that was never given, or was forgotten. */
  expand(body: Fields): Fields;
  /** Keeps the answer to a request as it was posted, in so many bytes, unless the request asks not to. */
  remember(posted: Fields, bytes: number, reply: unknown): void;
}

const MOST_BYTES = 32 * 1024 * 1024;

/** Starts a history; the oldest responses are forgotten once all have more bytes than that. */
export function responseHistory(most = MOST_BYTES): ResponseHistory {
  const known = new Map<string, Remembered>();
  let kept = 0;
  const itemsUpTo = (id: string): unknown[] => {
    const parts: (readonly unknown[])[] = [];
    for (let next: string | null = id; next !== null; ) {
      const found: Remembered | undefined = known.get(next);
      const circular = parts.length === known.size; // an endpoint gave an id a second time
      if (!found || circular) refuse('previous_response_id', 'the id of a response of this trial');
      parts.push(found.items);
      next = found.previous;
    }
    return parts.reverse().flat();
  };
  const forget = (id: string) => {
    kept -= known.get(id)?.size ?? 0;
    known.delete(id);
  };
  return {
    expand(body) {
      const id = previousOf(body);
      if (id === null) return body;
      const { previous_response_id: _, ...rest } = body;
      return { ...rest, input: [...itemsUpTo(id), ...itemsOf(body['input'])] };
    },
    remember(posted, bytes, reply) {
      if (posted['store'] === false || !isObject(reply) || typeof reply['id'] !== 'string') return;
      const output = Array.isArray(reply['output']) ? reply['output'] : [];
      const items = [...itemsOf(posted['input']), ...output];
      const size = bytes + JSON.stringify(output).length;
      forget(reply['id']);
      known.set(reply['id'], { previous: previousOf(posted), items, size });
      kept += size;
      for (const id of known.keys()) {
        if (kept <= most) break;
        forget(id);
      }
    },
  };
}

function previousOf({ previous_response_id: id }: Fields): string | null {
  if (id === undefined || id === null) return null;
  return typeof id === 'string' ? id : refuse('previous_response_id', 'text');
}

/** Input that is neither text nor a list stays as it is, to be refused. */
function itemsOf(input: unknown): readonly unknown[] {
  if (Array.isArray(input)) return input;
  return [typeof input === 'string' ? { role: 'user', content: input } : input];
}
