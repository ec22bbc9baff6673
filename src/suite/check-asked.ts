import { didYouMean } from '../match/nearest-name.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import { NEGATION } from './expect-schema.ts';
import { answerProblem } from './judge-form.ts';
import type { AskedJudge, ExpectationKind, KeyPath, OddityAt } from './kinds.ts';
import type { Part, SuiteLoading } from './part-loading.ts';
import { isWithin } from './path-set.ts';
import { below, isSound } from './schema-faults.ts';
import { faultAt } from './source.ts';

/** Where a verdict is not about a whole trial, or tells nothing of its judge. */
const PARTS: ReadonlySet<string | number> = new Set(['conversation', NEGATION]);

/** Checks the LLM judges that an expectation asks, and what it wants of them. */
export function checkAsked(
  loading: SuiteLoading,
  kind: Pick<ExpectationKind, 'asks'>,
  { value, at }: Part,
): void {
  const { judges, asked, askedWhole, faults } = loading;
  if (!judges) return; // they could not be read, which is told
  const tell = (path: KeyPath, message: string, options = {}) =>
    faults.push(faultAt(at.source, [...at.path, ...path], message, options));
  const isWhole = !at.path.some((key) => PARTS.has(key));
  for (const one of kind.asks?.(value) ?? []) {
    asked.add(one.name);
    if (isWhole) askedWhole.add(one.name);
    if (isWithin([...at.path, ...one.path], at.trapped)) continue;
    const judge = judges.get(one.name);
    if (judge === undefined) {
      const names = [...judges.keys()];
      const mend = names.length === 0 ? 'the suite has none' : didYouMean(one.name, names);
      tell(one.path, `Unknown judge "${one.name}": ${mend}`, { on: 'key' });
    } else if (judge && isSound(below(at, one.path))) {
      const problems = wantedProblems(one, judge);
      for (const { path, message } of problems) tell(path, message);
      const idle = problems.length === 0 && isIdle(one, judge);
      const message = `Holds whatever "${one.name}" answers`;
      if (idle) tell(one.path, message, { severity: 'warning', on: 'key' });
    }
  }
}

/** What a judge cannot be held to. */
function wantedProblems({ path, name, wanted }: AskedJudge, judge: JudgeSpec): OddityAt[] {
  const { at_least, at_most } = wanted;
  if (judge.scale) {
    const scale = `"${name}" has a scale from ${judge.scale.join(' to ')}`;
    if (wanted.is !== undefined) {
      return [
        { path: [...path, 'is'], message: `${scale} and no answers: give at_least or at_most` },
      ];
    }
    if (at_least === undefined && at_most === undefined) {
      return [{ path, message: `${scale}: give at_least or at_most` }];
    }
    return Object.entries({ at_least, at_most }).flatMap(([key, bound]): OddityAt[] => {
      const message = bound === undefined ? null : answerProblem(bound, judge);
      return message === null ? [] : [{ path: [...path, key], message }];
    });
  }
  const names = Object.keys(judge.answers ?? {});
  const bounds = Object.entries({ at_least, at_most }).filter(([, bound]) => bound !== undefined);
  if (bounds.length > 0) {
    const message = `"${name}" has answers and no scale: say with "is" which of ${names.join(', ')} hold`;
    return bounds.map(([key]) => ({ path: [...path, key], message }));
  }
  if (wanted.is === undefined) {
    if (names.includes('pass')) return [];
    const message = `"${name}" has no answer "pass": say with "is" which of ${names.join(', ')} hold`;
    return [{ path, message }];
  }
  const several = Array.isArray(wanted.is);
  return [wanted.is].flat().flatMap((answer, index): OddityAt[] => {
    const message = answerProblem(answer, judge);
    return message === null
      ? []
      : [{ path: [...path, 'is', ...(several ? [index] : [])], message }];
  });
}

/** Whether it holds whatever the judge answers. */
function isIdle({ wanted }: AskedJudge, { scale, answers }: JudgeSpec): boolean {
  if (scale) {
    const [low, high] = scale;
    const { at_least = low, at_most = high } = wanted;
    return at_least <= low && at_most >= high;
  }
  const held = new Set([wanted.is ?? 'pass'].flat());
  return Object.keys(answers ?? {}).every((answer) => held.has(answer));
}
