import { isObject } from '../json/object.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import type { AgentEntry } from '../model/suite.ts';
import { answerProblem } from './judge-form.ts';
import type { WrittenJudge } from './judge-keys.ts';
import type { OddityAt } from './kinds.ts';

/** What is wrong with a judge that shows only once its rubric is read, each with its path in what is written. */
export function judgeProblems(
  written: WrittenJudge,
  spec: JudgeSpec,
  agents: readonly AgentEntry[],
): OddityAt[] {
  const examples = spec.examples.flatMap(({ answer }, index): OddityAt[] => {
    const message = answerProblem(answer, spec);
    return message === null ? [] : [{ path: ['examples', index, 'answer'], message }];
  });
  return [
    ...agreeProblems(written, spec),
    ...viewProblems(written, spec),
    ...examples,
    ...canaryProblems(written, spec),
    ...selfProblems(written, spec, agents),
  ];
}

function agreeProblems(written: WrittenJudge, spec: JudgeSpec): OddityAt[] {
  const { agree, scale, models, votes } = spec;
  if (agree === 'mean' && !scale) {
    const message = 'Answers have no mean, expected majority, all or any, or a judge with a scale';
    return [{ path: ['agree'], message }];
  }
  const ballots = models.length * votes;
  if (agree !== 'majority' || ballots % 2 === 1) return [];
  const key = (['votes', 'models'] as const).find((one) => written[one] !== undefined);
  const message = `${ballots} ballots can be a draw under majority, expected an odd number of them`;
  return [{ path: [key ?? 'agree'], message }];
}

/** Where each call is judged and none is shown. */
function viewProblems(written: WrittenJudge, { each, sees }: JudgeSpec): OddityAt[] {
  const isShown = typeof sees === 'object' ? sees.steps.types?.includes('tool_call') : undefined;
  if (each === null || (isShown ?? (typeof sees === 'object' || sees === 'trajectory'))) return [];
  const message =
    'Each call is judged but none is shown, expected sees: trajectory, or steps of the type tool_call';
  return [{ path: [written.sees === undefined ? 'each' : 'sees'], message }];
}

function canaryProblems({ known }: WrittenJudge, spec: JudgeSpec): OddityAt[] {
  const { canaries, known: trials, rubric } = spec;
  if (canaries <= trials.length) return [];
  if (trials.length > 0) {
    const message = `Only ${trials.length} known trials are there to be asked`;
    return [{ path: ['canaries'], message }];
  }
  if (known !== undefined) return []; // that is told
  const mend = 'give it known: ./….trajectories.jsonl';
  const why =
    rubric.name === null
      ? 'There are no known trials to ask'
      : `The rubric "${rubric.name}" has no known trials that are answered as this judge answers`;
  return [{ path: ['canaries'], message: `${why}: ${mend}` }];
}

/** Where a judge would judge an agent that runs on its model. */
function selfProblems(
  { model }: WrittenJudge,
  { models, mayJudgeItself }: JudgeSpec,
  agents: readonly AgentEntry[],
): OddityAt[] {
  if (mayJudgeItself) return [];
  return models.flatMap((one, index) => {
    const agent = agents.find(({ config }) => isObject(config) && config['model'] === one);
    if (!agent) return [];
    const message = `The agent "${agent.name}" runs on this model and would judge itself: name another, or say may_judge_itself: true`;
    return [{ path: model === undefined ? ['models', index] : ['model'], message }];
  });
}
