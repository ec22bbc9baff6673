import { isObject } from '../json/object.ts';
import type { Expectations } from '../model/expectations.ts';
import type { Turn } from '../model/suite.ts';
import type { Tools } from '../model/tool.ts';
import { NEGATION } from './expect-schema.ts';
import { type FillPlace, readExpectations } from './expectations.ts';
import type { KeyPath } from './kinds.ts';
import type { Part, SuiteLoading } from './part-loading.ts';
import { below, isSound } from './schema-faults.ts';
import { faultAt } from './source.ts';
import { isFilePath } from './text-schema.ts';

/** What is known of a whole trial only, by the key of its expectation. */
const OF_THE_WHOLE: ReadonlyMap<string, string> = new Map([
  ['stop', 'How a trial ended'],
  ['world', 'The final world'],
  ['changes', 'What changed in the world'],
]);

/** Reads the turns of a conversation and checks what each expects; none where none is given, null where something is wrong. */
export async function loadConversation(
  loading: SuiteLoading,
  { value, at }: Part,
  tools: Tools | null,
  place: FillPlace,
): Promise<readonly Turn[] | null> {
  if (!Array.isArray(value)) return value === undefined ? [] : null;
  const turns: Turn[] = [];
  for (const [index, written] of value.entries()) {
    const part = { value: written, at: below(at, [index]) };
    const turn = await loadTurn(loading, part, tools, place);
    if (turn) turns.push(turn);
  }
  return isSound(at) && turns.length === value.length ? turns : null;
}

async function loadTurn(
  loading: SuiteLoading,
  { value, at }: Part,
  tools: Tools | null,
  place: FillPlace,
): Promise<Turn | null> {
  if (!isObject(value)) return { user: value, expect: {} };
  const part = { value: value['expect'], at: below(at, ['expect']) };
  const expect = await readExpectations(loading, part, tools, place);
  if (!expect) return null;
  for (const path of wholePaths(expect)) {
    const key = String(path.at(-1));
    const message = `${OF_THE_WHOLE.get(key)} is known of the whole trial only: write "${key}" under expect of the task`;
    const inner = isFilePath(part.value) ? [] : path;
    const on = inner.length > 0 ? 'key' : 'value';
    loading.faults.push(faultAt(at.source, [...part.at.path, ...inner], message, { on }));
  }
  return { user: value['user'], expect };
}

/** Where expectations ask for what only a whole trial shows, those that are negated included. */
function wholePaths(expect: Expectations): KeyPath[] {
  return Object.entries(expect).flatMap(([key, value]): KeyPath[] => {
    if (OF_THE_WHOLE.has(key)) return [[key]];
    if (key !== NEGATION || !Array.isArray(value)) return [];
    return value.flatMap((negated: unknown, index) =>
      isObject(negated) ? wholePaths(negated).map((path) => [key, index, ...path]) : [],
    );
  });
}
