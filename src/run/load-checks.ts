import { isObject } from '../json/object.ts';
import type { LoadFunction } from '../model/load-function.ts';
import type { Suite, Task } from '../model/suite.ts';

/** Loads the functions that decide, before any agent runs: an agent that writes files must not write its own judge. What cannot be loaded is told where it is asked. */
export async function loadChecks(
  rows: Iterable<{ readonly suite: Suite; readonly task: Task | null }>,
  loaderOf: (suite: Suite) => LoadFunction,
): Promise<void> {
  const found = new Map<Suite, Set<string>>();
  for (const { suite, task } of rows) {
    const known = found.get(suite) ?? new Set(checksIn(suite.expect));
    found.set(suite, known);
    if (!task) continue;
    const turns = (task.conversation ?? []).map(({ expect }) => expect);
    for (const part of [task.expect, task.prefer, ...turns]) {
      for (const reference of checksIn(part)) known.add(reference);
    }
  }
  for (const [suite, references] of found) {
    for (const reference of references) await loaderOf(suite)(reference).catch(() => undefined);
  }
}

function checksIn(expectations: unknown): string[] {
  if (!isObject(expectations)) return [];
  const { check, not } = expectations;
  const inner = Array.isArray(not) ? not.flatMap(checksIn) : [];
  return typeof check === 'string' ? [check, ...inner] : inner;
}
