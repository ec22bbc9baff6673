import { AgentopsError } from '../../errors.ts';
import { isObject } from '../../json/object.ts';
import { keyOfSegment, segmentsOf } from '../../json/pointer.ts';
import { showValue } from '../../match/show.ts';
import { wildcard } from '../../match/wildcard.ts';
import type { Attack, Injection } from '../../model/attack.ts';
import { filledText } from './filled-text.ts';

/** What a tool answered. */
type Answer =
  | { readonly result: unknown }
  | { readonly error: { readonly message: string; readonly code?: string } };

/** What an agent is given instead, with the attack that stands in it. */
interface Planted {
  readonly answer: Answer;
  readonly planted: readonly string[];
}

/** An injection ready to be planted. */
interface Seed {
  readonly matches: (tool: string) => boolean;
  readonly into: string;
  /** Decoded; null for each. */
  readonly segments: readonly (string | null)[];
  readonly mode: Injection['mode'];
  readonly text: string;
}

/** A value after planting: `empty` where there was nothing to plant in, such as in no items. */
interface Put {
  readonly value: unknown;
  readonly came: 'planted' | 'empty' | 'absent';
}

/** Makes what plants an attack in what tools answer, for an agent whose model has that name. What it is given stays as it is. Throws `mock_fault` where an answer has no place for the text. */
export function plantOf(
  attack: Attack,
  model: string | null,
): (tool: string, answer: Answer) => Planted | null {
  const seeds = attack.inject.map((injection) => seedOf(injection, model));
  return (tool, answer) => {
    if ('error' in answer) return null;
    let { result } = answer;
    let came = false;
    for (const seed of seeds) {
      if (!seed.matches(tool)) continue;
      const put = plant(seed, result, 0, (problem) => fault(attack, tool, answer.result, problem));
      if (put.came === 'absent') {
        const where = seed.into === '' ? 'the whole' : seed.into;
        throw fault(attack, tool, answer.result, `nothing stands at ${where}`);
      }
      result = put.value;
      came ||= put.came === 'planted';
    }
    return came ? { answer: { result }, planted: [attack.name] } : null;
  };
}

function seedOf(injection: Injection, model: string | null): Seed {
  const { tool, into, mode } = injection;
  const segments = segmentsOf(into).map((one) => (one === '*' ? null : keyOfSegment(one)));
  return { matches: wildcard(tool), into, segments, mode, text: filledText(injection, model) };
}

type Fault = (problem: string) => AgentopsError;

function fault({ name }: Attack, tool: string, result: unknown, problem: string): AgentopsError {
  const words = `Cannot plant the attack "${name}" in the answer of ${tool}: ${problem}`;
  return new AgentopsError('mock_fault', `${words}; it answered ${showValue(result)}`);
}

function plant(seed: Seed, value: unknown, depth: number, problem: Fault): Put {
  const segment = seed.segments[depth];
  if (segment === undefined) return { value: withText(seed, value, problem), came: 'planted' };
  if (typeof value !== 'object' || value === null) return { value, came: 'absent' };
  if (segment === null) return plantInEach(seed, value, depth, problem);
  if (!has(value, segment)) return { value, came: 'absent' };
  const copy: Record<string, unknown> = (
    Array.isArray(value) ? value.slice() : { ...value }
  ) as never; // read and written by its own keys only
  const put = plant(seed, copy[segment], depth + 1, problem);
  copy[segment] = put.value;
  return { value: copy, came: put.came };
}

function plantInEach(seed: Seed, value: object, depth: number, problem: Fault): Put {
  const puts = Object.entries(value).map(
    ([key, inner]) => [key, plant(seed, inner, depth + 1, problem)] as const,
  );
  const some = (came: Put['came']) => puts.some(([, put]) => put.came === came);
  const came = some('planted')
    ? 'planted'
    : puts.length === 0 || some('empty')
      ? 'empty'
      : 'absent';
  if (Array.isArray(value)) return { value: puts.map(([, put]) => put.value), came };
  return { value: Object.fromEntries(puts.map(([key, put]) => [key, put.value])), came };
}

/** Whether a list or map has an item of its own there. */
function has(value: object, segment: string): boolean {
  if (Array.isArray(value) && !/^(?:0|[1-9]\d*)$/.test(segment)) return false;
  return Object.hasOwn(value, segment);
}

function withText({ mode, text, into }: Seed, value: unknown, problem: Fault): unknown {
  if (mode === 'replace') return text;
  const first = mode === 'prepend';
  if (typeof value === 'string') return first ? text + value : value + text;
  if (Array.isArray(value)) return first ? [text, ...value] : [...value, text];
  const kind = isObject(value) ? 'a map' : showValue(value);
  const where = into === '' ? 'it is' : `${into} is`;
  throw problem(`${where} ${kind}, expected text or a list, or mode: replace`);
}
