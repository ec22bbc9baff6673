import { isObject } from '../json/object.ts';
import type { JudgeSpec, Wanted } from '../model/llm-judge.ts';
import type { Suite, Task } from '../model/suite.ts';

/** The LLM judges that the expectations of a task and its suite name, each once, with the right answer that it is given there. */
export function askedJudges(suite: Suite, task: Task): JudgeSpec[] {
  const turns = (task.conversation ?? []).map(({ expect }) => expect);
  const named = [task.expect, suite.expect, ...turns, task.prefer].flatMap(judgesIn);
  const found = new Map<string, JudgeSpec>();
  for (const [name, { reference }] of named) {
    const spec = Object.hasOwn(suite.judges ?? {}, name) ? suite.judges?.[name] : undefined;
    if (!spec || found.has(name)) continue;
    found.set(name, reference === undefined ? spec : { ...spec, reference });
  }
  return [...found.values()];
}

function judgesIn(expectations: unknown): [string, Wanted][] {
  if (!isObject(expectations)) return [];
  const { judge, not } = expectations;
  const inner = Array.isArray(not) ? not.flatMap(judgesIn) : [];
  const own = isObject(judge) ? Object.entries(judge) : [];
  return [...own.map(([name, wanted]): [string, Wanted] => [name, wanted as Wanted]), ...inner]; // validated
}
