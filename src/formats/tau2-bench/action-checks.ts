import { canonicalJson } from '../../json/canonical.ts';
import { literally, matcherPattern } from '../trajectory-to-suite.ts';
import type { Tau2Action } from './tau2-bench-record.ts';

/** Patterns of the calls that action checks look for, each once: there, one call may meet several equal checks. */
export function actionChecks(actions: readonly Tau2Action[]): unknown[] {
  const patterns = new Map(actions.map(actionPattern).map((one) => [canonicalJson(one), one]));
  return [...patterns.values()];
}

/** The calls that meet an action check: those with the same values of the arguments that count. Unless the check names them these are the ones that a call has, so that it may leave some out and has no others. */
export function actionPattern({
  name,
  arguments: args,
  compare_args: compared,
}: Tau2Action): unknown {
  const given = args ?? {};
  if (!compared) {
    const entries = Object.entries(given).map(([key, value]) => [key, optional(value)]);
    return matcherPattern(name, Object.fromEntries(entries));
  }
  if (compared.length === 0) return { tool: name };
  const entries = compared.map((key) => [
    key,
    Object.hasOwn(given, key) ? literally(given[key]) : { $exists: false },
  ]);
  return matcherPattern(name, { ...Object.fromEntries(entries), $rest: { $any: true } });
}

function optional(value: unknown): unknown {
  return { $optional: literally(value) };
}
