import { isObject } from '../../json/object.ts';
import { refuse } from './request-fields.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What came before a response, for requests that name it instead of repeating it. */
interface Remembered {
  readonly previous: Remembered | null;
  readonly items: readonly unknown[];
}

/** Responses of one trial by their id. */
export interface ResponseHistory {
  /** A request with all that its `previous_response_id` stands for in its input. Throws `RefusedRequest` for an id that was never given. */
  expand(body: Fields): Fields;
  /** Keeps an answer to an expanded request, unless the request asks not to. */
  remember(posted: Fields, reply: unknown): void;
}

/** Starts a history; only the newest responses are kept. */
export function responseHistory(most = 10_000): ResponseHistory {
  const known = new Map<string, Remembered>();
  const previousOf = ({ previous_response_id: id }: Fields): Remembered | null => {
    if (id === undefined || id === null) return null;
    const found = typeof id === 'string' ? known.get(id) : undefined;
    return found ?? refuse('previous_response_id', 'the id of a response of this trial');
  };
  return {
    expand(body) {
      const previous = previousOf(body);
      if (previous === null) return body;
      const { previous_response_id: _, ...rest } = body;
      return { ...rest, input: [...itemsUpTo(previous), ...itemsOf(body['input'])] };
    },
    remember(posted, reply) {
      if (posted['store'] === false || !isObject(reply) || typeof reply['id'] !== 'string') return;
      const output = Array.isArray(reply['output']) ? reply['output'] : [];
      const items = [...itemsOf(posted['input']), ...output];
      known.set(reply['id'], { previous: previousOf(posted), items });
      const [oldest] = known.keys();
      if (known.size > most && oldest !== undefined) known.delete(oldest);
    },
  };
}

function itemsUpTo(last: Remembered): unknown[] {
  const parts: (readonly unknown[])[] = [];
  for (let one: Remembered | null = last; one !== null; one = one.previous) parts.push(one.items);
  return parts.reverse().flat();
}

/** Input that is neither text nor a list stays as it is, to be refused. */
function itemsOf(input: unknown): readonly unknown[] {
  if (Array.isArray(input)) return input;
  return [typeof input === 'string' ? { role: 'user', content: input } : input];
}
