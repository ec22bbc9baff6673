import type { JudgeSpec } from '../model/llm-judge.ts';
import type { Suite } from '../model/suite.ts';

/** A judge of a suite by its name; null where there is none, or no suite. */
export function judgeOf(suite: Suite | undefined, name: string): JudgeSpec | null {
  const judges = suite?.judges ?? {};
  return Object.hasOwn(judges, name) ? (judges[name] ?? null) : null;
}
