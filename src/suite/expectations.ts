import path from 'node:path';
import { isObject } from '../json/object.ts';
import type { Expectations } from '../model/expectations.ts';
import type { Tools } from '../model/tool.ts';
import { checkAsked } from './check-asked.ts';
import { NEGATION } from './expect-schema.ts';
import { checkCanaryNames, checkNames } from './expectation-names.ts';
import { checkWhole } from './expectation-oddities.ts';
import type { ExpectationKind, FileAt, KeyPath } from './kinds.ts';
import { checkFiles, openPart, type Part, type SuiteLoading } from './part-loading.ts';
import { isWithin } from './path-set.ts';
import { below, isSound } from './schema-faults.ts';
import { faultAt } from './source.ts';
import { isFilePath } from './text-schema.ts';
import { unfilledIn } from './unfilled.ts';

/** Where expectations stand: `{{name}}` is replaced only in those of a task with `for_each`. */
export type FillPlace = 'filled' | 'task' | 'elsewhere';

/** Reads expectations from a value, or from the file that it names, and checks what is sound in them; null where something is wrong. */
export async function readExpectations(
  loading: SuiteLoading,
  { value, at }: Part,
  tools: Tools | null,
  place: FillPlace = 'elsewhere',
): Promise<Expectations | null> {
  if (value === undefined) return {};
  const isFile = isFilePath(value);
  if (isFile && isWithin(at.path, at.trapped)) return null;
  const part = isFile ? await openPart(loading, value, at, loading.schemas.expect) : { value, at };
  if (!part || !isObject(part.value)) return null;
  refuseUnfilled(loading, part, isFile ? 'elsewhere' : place);
  const checked = await checkExpectations(loading, { ...part, value: part.value }, tools);
  return isSound(part.at) ? checked : null;
}

/** Tells of each `{{name}}` that stands where it is not replaced. */
function refuseUnfilled({ faults }: SuiteLoading, { value, at }: Part, place: FillPlace): void {
  if (place === 'filled') return; // what is left was put in so
  for (const { path: inner, on, written } of unfilledIn(value)) {
    const path = [...at.path, ...inner];
    if (isWithin(path, at.trapped)) continue;
    const why =
      place === 'task'
        ? 'is not defined, as the task has no for_each'
        : 'is not replaced here, only in a task with for_each';
    const message = `${written} ${why}; text that is meant so stands under $eq`;
    faults.push(faultAt(at.source, path, message, { on }));
  }
}

/** Checks what the schema cannot: names of tools, files, oddities. */
async function checkExpectations(
  loading: SuiteLoading,
  { value, at }: Part & { value: Record<string, unknown> },
  tools: Tools | null,
): Promise<Expectations> {
  let expectations = value;
  for (const kind of loading.kinds.judges) {
    if (!Object.hasOwn(value, kind.key)) continue;
    const part = { value: value[kind.key], at: below(at, [kind.key]) };
    const moved =
      kind.key === NEGATION
        ? await checkNegated(loading, part, tools)
        : await checkExpectation(loading, kind, part, tools);
    if (moved !== part.value) expectations = { ...expectations, [kind.key]: moved };
  }
  return expectations;
}

async function checkNegated(
  loading: SuiteLoading,
  { value, at }: Part,
  tools: Tools | null,
): Promise<unknown> {
  if (!Array.isArray(value)) return value;
  const checked: unknown[] = [];
  for (const [index, negated] of value.entries()) {
    const part = { value: negated, at: below(at, [index]) };
    checked.push(isObject(negated) ? await checkExpectations(loading, part, tools) : negated);
  }
  return checked.some((negated, index) => negated !== value[index]) ? checked : value;
}

/** Checks the names in one expectation, and the rest if it is sound; gives its value with paths relative to the suite. */
async function checkExpectation(
  loading: SuiteLoading,
  kind: ExpectationKind,
  part: Part,
  tools: Tools | null,
): Promise<unknown> {
  const { value, at } = part;
  checkNames(loading, kind, part, tools);
  checkCanaryNames(loading, kind, part);
  checkAsked(loading, kind, part);
  if (!isSound(at)) return value;
  checkWhole(loading, kind, part);
  const files = kind.files?.(value) ?? [];
  if (files.length === 0) return value;
  await checkFiles(loading, files, at, true);
  return rebase(value, files, at.source.file, loading.file);
}

/** Turns paths that are relative to one file into such that are relative to the suite. */
function rebase(value: unknown, files: readonly FileAt[], from: string, suite: string): unknown {
  const here = path.dirname(from);
  const there = path.dirname(suite);
  if (here === there) return value;
  let moved = value;
  for (const { path: inner, file } of files) {
    const way = path.relative(there, path.resolve(here, file)).split(path.sep).join('/');
    moved = mapAt(moved, inner, (text) =>
      String(text).replace(file, () => (way.startsWith('..') ? way : `./${way}`)),
    );
  }
  return moved;
}

/** A copy of a value with one part replaced. */
function mapAt(
  value: unknown,
  [step, ...rest]: KeyPath,
  change: (part: unknown) => unknown,
): unknown {
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === Number(step) ? mapAt(item, rest, change) : item));
  }
  if (!isObject(value)) return value;
  return { ...value, [step]: mapAt(value[step], rest, change) };
}
