import { judgeNamed } from '../../calibration/review-queue.ts';
import { didYouMean } from '../../match/nearest-name.ts';
import type { Label } from '../../model/label.ts';
import type { JudgeSpec } from '../../model/llm-judge.ts';
import type { Plan } from '../../model/plan.ts';
import type { TrialResult } from '../../model/trial-result.ts';
import type { Ink } from '../../report/ink.ts';
import { wrapBehind } from '../../report/wrap.ts';
import { loadSuites } from '../../suite/load-suites.ts';
import { plannedSuiteFile } from '../planned-suite-file.ts';
import { suiteKinds } from '../registries.ts';

/** The judges of the suites of a run, as those suites are now. */
export interface JudgeQuestions {
  /** A judge as its suite has it; null where that is not at hand. */
  spec(suite: string, judge: string): Promise<JudgeSpec | null>;
}

/** Loads a suite once it is asked for; one that is gone or at fault has no judges. */
export function judgeQuestions({ suites }: Plan, root: string): JudgeQuestions {
  const loaded = new Map<string, Promise<Readonly<Record<string, JudgeSpec>>>>();
  const load = async (suite: string): Promise<Readonly<Record<string, JudgeSpec>>> => {
    const named = suites.find((one) => one.suite === suite)?.file;
    const file = named === undefined ? null : await plannedSuiteFile(root, named);
    if (file === null) return {};
    const found = await loadSuites([file], suiteKinds);
    return found.suites[0]?.judges ?? {};
  };
  return {
    spec: async (suite, judge) => {
      const judges = loaded.get(suite) ?? load(suite);
      loaded.set(suite, judges);
      const known = await judges;
      return Object.hasOwn(known, judge) ? (known[judge] ?? null) : null;
    },
  };
}

/** What a judge asks, as safe lines: its name, what it may answer, its rubric. */
export function questionLines(judge: string, spec: JudgeSpec | null, ink: Ink): string[] {
  const name = ink.line(judge, 80);
  if (spec === null) {
    const words = `Question of ${name}: its suite is not at hand, or at fault`;
    return wrapBehind('', words, ink.width).map(ink.strong);
  }
  const forms = spec.scale
    ? [`${spec.scale[0]} to ${spec.scale[1]}`]
    : Object.entries(spec.answers ?? {}).map(([word, meaning]) => `${word}: ${meaning}`);
  return [
    ink.strong(`Question of ${name}`),
    ...ink.lines(spec.rubric.text).flatMap((line) => wrapBehind('  ', line, ink.width)),
    ...forms.flatMap((form) => wrapBehind(`  ${ink.signs.dot} `, ink.line(form, 400), ink.width)),
  ];
}

/** Why an answer cannot be one of a judge, null where it can; every judge can be answered pass, fail and unsure. */
export function answerFault(
  result: TrialResult,
  judge: string,
  spec: JudgeSpec | null,
  answer: Label['label'],
): string | null {
  const asked = result.verdicts.flatMap((verdict) => judgeNamed(verdict) ?? []);
  if (spec === null && !asked.includes(judge)) {
    return `There is no judge "${judge}" here: ${didYouMean(judge, asked)}`;
  }
  if (spec === null || answer === 'pass' || answer === 'fail' || answer === 'unsure') return null;
  const wanted = spec.scale
    ? `a number from ${spec.scale[0]} to ${spec.scale[1]}`
    : Object.keys(spec.answers ?? {}).join(', ');
  const fits = spec.scale
    ? typeof answer === 'number' && answer >= spec.scale[0] && answer <= spec.scale[1]
    : Object.hasOwn(spec.answers ?? {}, String(answer));
  return fits ? null : `${answer} is no answer of ${judge}, expected p, f, u or ${wanted}`;
}
