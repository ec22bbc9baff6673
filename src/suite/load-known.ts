import { messageOf } from '../errors.ts';
import { fileDigest } from '../io/file-digest.ts';
import { isObject, ownValue } from '../json/object.ts';
import { viewOf } from '../match/view.ts';
import type { JudgeAnswer, JudgeSpec, KnownTrial } from '../model/llm-judge.ts';
import { type Step, Trajectory } from '../model/trajectory.ts';
import { addAll } from './add-all.ts';
import { answerProblem } from './judge-form.ts';
import type { OddityAt } from './kinds.ts';
import { type Part, resolveAt, type SuiteLoading } from './part-loading.ts';
import type { WrittenRubric } from './rubric-schema.ts';
import { isSound, type ValueAt, validate } from './schema-faults.ts';
import { faultAt } from './source.ts';
import { taskLines } from './task-lines.ts';

/** Whose right answers are known. */
export type KnownTo = Pick<JudgeSpec, 'name' | 'scale' | 'answers' | 'each'>;

/** Reads trajectories whose labels hold the right answers of a judge; null where something is wrong. */
export async function loadKnown(
  loading: SuiteLoading,
  named: string,
  at: ValueAt,
  judge: KnownTo,
): Promise<readonly KnownTrial[] | null> {
  const file = await resolveAt(loading, named, at);
  if (file === null) return null;
  const before = loading.faults.length;
  const known: KnownTrial[] = [];
  try {
    loading.digests.set(file, await fileDigest(file));
    for await (const { part, faults } of taskLines(file)) {
      addAll(loading.faults, faults);
      const trial = part && knownLine(loading, part, judge);
      if (trial) known.push(trial);
    }
  } catch (thrown) {
    loading.faults.push(faultAt(at.source, at.path, messageOf(thrown)));
  }
  if (loading.faults.length > before) return null;
  if (known.length > 0) return known;
  loading.faults.push(faultAt(at.source, at.path, `"${named}" holds no trajectory`));
  return null;
}

function knownLine(loading: SuiteLoading, part: Part, judge: KnownTo): KnownTrial | null {
  const { value } = part;
  const { faults, at } = validate(Trajectory, value, part.at);
  addAll(loading.faults, faults);
  if (!isSound(at)) return null;
  const trajectory = value as Trajectory; // validated
  const labels = trajectory.labels ?? {};
  const tell = ({ path, message }: OddityAt) => {
    loading.faults.push(faultAt(at.source, path, message));
    return null;
  };
  if (!Object.hasOwn(labels, judge.name)) {
    const message = `Its labels do not say what "${judge.name}" is to answer, expected labels: { ${judge.name}: … }`;
    return tell({ path: ['labels'], message });
  }
  const answer = ownValue(labels, judge.name);
  const wrong = answerProblem(answer, judge);
  if (wrong !== null) return tell({ path: ['labels', judge.name], message: wrong });
  const odd = stepsProblem(trajectory, judge.each);
  if (odd !== null) return tell({ path: ['steps'], message: odd });
  const name = `${trajectory.task} (line ${at.source.firstLine})`;
  return { name, trajectory, answer: answer as JudgeAnswer }; // as was looked at
}

/** The trials that come with a rubric. */
export function knownOfRubric({ known = [] }: WrittenRubric): KnownTrial[] {
  return known.map(({ name, answer, steps }) => {
    const names = { schema_version: 1, task: name, agent: 'known', trial: 1 } as const;
    const trajectory = { ...names, steps, stop: 'completed' } as const;
    return { name, answer: answer as JudgeAnswer, trajectory }; // validated
  });
}

/** What is wrong with the trials that come with a rubric, each with its path in the file. */
export function knownProblems(rubric: WrittenRubric, judge: Omit<KnownTo, 'name'>): OddityAt[] {
  const names = new Set<string>();
  return knownOfRubric(rubric).flatMap(({ name, answer, trajectory }, index) => {
    const tell = (key: string, message: string | null): OddityAt[] =>
      message === null ? [] : [{ path: ['known', index, key], message }];
    const twice = names.has(name) ? `The trial "${name}" is there twice` : null;
    names.add(name);
    return [
      ...tell('name', twice),
      ...tell('answer', answerProblem(answer, judge)),
      ...tell('steps', stepsProblem(trajectory, judge.each)),
    ];
  });
}

/** Why a known trial cannot be judged, null where it can. */
function stepsProblem(trajectory: Trajectory, each: JudgeSpec['each']): string | null {
  const bare = trajectory.steps.findIndex(lacksArguments);
  if (bare !== -1) return `Step ${bare}: A tool_call has neither "args" nor "args_missing"`;
  const { fault, calls } = viewOf(trajectory);
  if (fault !== null) return fault;
  if (each === null || calls.length === 1) return null;
  return `Each call is judged by itself, expected one call in a known trial, found ${calls.length}`;
}

function lacksArguments(step: Step): boolean {
  if (!isObject(step) || step['type'] !== 'tool_call') return false;
  return step['args'] === undefined && step['args_missing'] === undefined;
}
