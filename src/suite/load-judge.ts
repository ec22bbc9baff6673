import type { JudgeSpec, KnownTrial, Sees } from '../model/llm-judge.ts';
import type { AgentEntry } from '../model/suite.ts';
import type { Tools } from '../model/tool.ts';
import { checkNames } from './expectation-names.ts';
import { answerProblem, formOf } from './judge-form.ts';
import type { WrittenJudge } from './judge-keys.ts';
import { judgeProblems } from './judge-problems.ts';
import { loadKnown } from './load-known.ts';
import { type LoadedRubric, loadRubric } from './load-rubric.ts';
import { loadText } from './load-text.ts';
import { resolveAt, type SuiteLoading } from './part-loading.ts';
import { below, type ValueAt } from './schema-faults.ts';
import { faultAt } from './source.ts';

/** What judges are checked against. */
export interface JudgeSurroundings {
  readonly agents: readonly AgentEntry[];
  readonly tools: Tools | null;
}

/** Makes a judge of what is written of it and of the files that it names; null where something is wrong. */
export async function loadJudge(
  loading: SuiteLoading,
  name: string,
  written: WrittenJudge,
  at: ValueAt,
  { agents, tools }: JudgeSurroundings,
): Promise<JudgeSpec | null> {
  const before = loading.faults.length;
  checkNames(loading, toolsSeen, { value: written, at }, tools);
  const rubric = await loadRubric(loading, written.rubric, below(at, ['rubric']));
  const reference = await textOf(loading, written.reference, below(at, ['reference']));
  const context = await textOf(loading, written.context, below(at, ['context']));
  const calibration = await calibrationOf(loading, written, at);
  if (!rubric) return null;
  const judge = { ...plainOf(name, written, rubric), reference, context, calibration };
  const known = await knownOf(loading, written, at, judge, rubric);
  const spec = { ...judge, known };
  for (const { path, message } of judgeProblems(written, spec, agents)) {
    loading.faults.push(faultAt(at.source, [...at.path, ...path], message));
  }
  return loading.faults.length > before ? null : spec;
}

/** The names of tools in what a judge sees, as names in expectations are checked: a misspelt one would show it nothing. */
const toolsSeen = {
  names: (value: unknown) => {
    const { sees } = value as { sees?: Sees }; // validated
    const named = typeof sees === 'object' ? (sees.steps.tools ?? []) : [];
    return named.map((tool, index) => ({
      path: ['sees', 'steps', 'tools', index],
      on: 'value' as const,
      tool,
    }));
  },
};

/** What needs no more reading. */
function plainOf(
  name: string,
  written: WrittenJudge,
  { rubric, defaults }: LoadedRubric,
): Omit<JudgeSpec, 'reference' | 'context' | 'calibration' | 'known'> {
  const form = formOf(written, defaults);
  const { model, models = [model ?? ''], budget } = written; // one of them is there
  return {
    name,
    models,
    rubric,
    ...form,
    votes: written.votes ?? 1,
    agree: written.agree ?? (form.scale ? 'mean' : 'majority'),
    sees: (written.sees ?? defaults.sees ?? 'trajectory') as Sees, // validated
    each: written.each ?? defaults.each ?? null,
    budget: { result: budget?.result ?? 4000, total: budget?.total ?? 400_000 },
    examples: (written.examples ?? []) as JudgeSpec['examples'], // validated
    temperature: written.temperature ?? 0,
    mayJudgeItself: written.may_judge_itself ?? false,
    canaries: written.canaries ?? 0,
  };
}

async function textOf(
  loading: SuiteLoading,
  written: string | undefined,
  at: ValueAt,
): Promise<string | null> {
  return written === undefined ? null : loadText(loading, written, at);
}

async function calibrationOf(
  loading: SuiteLoading,
  { calibration }: WrittenJudge,
  at: ValueAt,
): Promise<JudgeSpec['calibration']> {
  if (!calibration) return null;
  const { labels: named, kappa = null } = calibration;
  const place = below(at, ['calibration', 'labels']);
  const labels = await resolveAt(loading, named, place, true);
  if (labels === null) return null;
  loading.files.set(labels, 'read'); // it may come later, but no run writes it
  return { labels, kappa };
}

/** The known trials of a judge: its own, else those of its rubric, where they are answered and looked at as it does. */
async function knownOf(
  loading: SuiteLoading,
  written: WrittenJudge,
  at: ValueAt,
  judge: Omit<JudgeSpec, 'known'>,
  rubric: LoadedRubric,
): Promise<readonly KnownTrial[]> {
  if (written.known !== undefined) {
    return (await loadKnown(loading, written.known, below(at, ['known']), judge)) ?? [];
  }
  const fits = rubric.known.every(({ answer }) => answerProblem(answer, judge) === null);
  return fits && judge.each === (rubric.defaults.each ?? null) ? rubric.known : [];
}
