import { wildcard } from '../match/wildcard.ts';
import type { StepFilter } from '../model/llm-judge.ts';
import type { HandoffStep, MessageStep, Step, ToolCallStep } from '../model/trajectory.ts';
import { isAlwaysSeen, type StepsUpTo } from './steps-up-to.ts';

/** Chooses steps by a filter: a result comes and goes with its call; those that are seen anyway are not counted. */
export function chosenSteps(
  filter: StepFilter,
  upTo: StepsUpTo,
  able: readonly number[],
): ReadonlySet<number> {
  const fits = fitting(filter, upTo);
  const followers = new Map<number, number>();
  const leaders: number[] = [];
  for (const index of able) {
    if (isAlwaysSeen(index, upTo)) continue;
    const call = upTo.answered.get(index);
    if (call && fits(call.step)) followers.set(call.step, index);
    else if (fits(index)) leaders.push(index);
  }
  const chosen = new Set(endsOf(leaders, filter));
  for (const index of [...chosen]) {
    const result = followers.get(index);
    if (result !== undefined) chosen.add(result);
  }
  return chosen;
}

function endsOf(leaders: readonly number[], { first, last }: StepFilter): readonly number[] {
  if (first === undefined && last === undefined) return leaders;
  const until = Math.max(0, leaders.length - (last ?? 0));
  return leaders.filter((_, at) => at < (first ?? 0) || at >= until);
}

function fitting(filter: StepFilter, { steps, answered }: StepsUpTo): (index: number) => boolean {
  const types = filter.types ? new Set(filter.types) : null;
  const actors = filter.actors ? new Set<unknown>(filter.actors) : null;
  const tools = filter.tools?.map(wildcard) ?? null;
  return (index) => {
    const step = steps[index] as Step; // an index of a step
    if (types && !types.has(step.type)) return false;
    const call = steps[answered.get(index)?.step ?? index] as Step; // likewise
    const tool = toolOf(call);
    if (tools && tool !== null && !tools.some((isOne) => isOne(tool))) return false;
    return !actors || actorsOf(step, call).some((actor) => actors.has(actor));
  };
}

/** The tool that a step calls; null where it calls none. */
function toolOf(step: Step): string | null {
  return step.type === 'tool_call' ? (step as ToolCallStep).tool : null; // the tag says so
}

/** Whoever has a part in a step. */
function actorsOf(step: Step, call: Step): unknown[] {
  if (step.type === 'handoff') {
    const { from, to, actor } = step as HandoffStep; // the tag says so
    return [from, to, actor];
  }
  const role = step.type === 'message' ? (step as MessageStep).role : undefined; // the tag says so
  return [step['actor'] ?? call['actor'] ?? role];
}
