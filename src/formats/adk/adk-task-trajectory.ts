import { isObject } from '../../json/object.ts';
import { readPattern } from '../../match/pattern-source.ts';
import type { Task } from '../../model/suite.ts';
import type { Step, Trajectory } from '../../model/trajectory.ts';
import { recordFault } from '../each-record.ts';
import { type Losses, lose } from './adk-losses.ts';

/** A mode of ADK for comparing calls; `exact` is what it takes unless a test configuration says otherwise. */
type Match = 'exact' | 'in_order' | 'any_order';

/** What a task expects, as the trajectory of an agent that does just that. */
export interface ExpectedTrajectory {
  readonly trajectory: Trajectory;
  readonly match: Match;
}

/** Draws from a task what an eval set can say of it: what the user asks, the calls, and the answer. Throws `input_fault` where calls are expected that no eval set can tell. */
export function adkTaskTrajectory(task: Task, losses: Losses): ExpectedTrajectory {
  const { calls, metrics, answer, ...others } = task.expect;
  const asked = questionsOf(task.input);
  if (asked.length === 0) throw recordFault(`Task "${task.id}" has no text as input, expected one`);
  for (const key of Object.keys(others)) lose(losses, `expectations under ${key}`);
  if (Object.keys(task.prefer).length > 0) lose(losses, 'preferences');
  if (task.limits) lose(losses, 'limits');
  const { turns, match } = wantedCalls(task, calls, metrics, asked.length, losses);
  const said = typeof answer === 'string' ? answer : null;
  if (answer !== undefined && said === null) lose(losses, 'answers that are no plain text');
  const steps = asked.flatMap((content, turn): Step[] => [
    { type: 'message', role: 'user', content },
    ...(turns[turn] ?? []),
    ...(turn === asked.length - 1 && said !== null
      ? [{ type: 'message' as const, role: 'assistant' as const, content: said }]
      : []),
  ]);
  const trajectory: Trajectory = {
    schema_version: 1,
    task: task.id,
    agent: 'expected',
    trial: 1,
    steps,
    stop: 'completed',
  };
  return { trajectory, match };
}

/** The texts of the user, one for each turn. */
function questionsOf(input: unknown): string[] {
  const texts = Array.isArray(input) ? input : [input];
  return texts.every((text) => typeof text === 'string' && text !== '') ? texts : [];
}

interface Wanted {
  readonly turns: Step[][];
  readonly match: Match;
}

function wantedCalls(
  task: Task,
  calls: unknown,
  metrics: unknown,
  turns: number,
  losses: Losses,
): Wanted {
  const byTurn = isObject(metrics) ? metrics['reference'] : undefined;
  const asked = isObject(metrics) ? metrics['adk_tool_trajectory'] : undefined;
  if (Array.isArray(byTurn) && asked !== undefined && byTurn.length === turns) {
    if (byTurn.every(Array.isArray)) return wantedByTurn(task, byTurn, asked, calls, losses);
  }
  if (metrics !== undefined) lose(losses, 'metrics');
  const block = Array.isArray(calls) && calls.length === 1 ? calls[0] : calls;
  const mode = isObject(block) ? modes.find((key) => block[key] !== undefined) : undefined;
  if (!isObject(block) || mode === undefined) {
    const wanted = 'expected one block of calls that is exact, in_order or any_order';
    throw recordFault(`Task "${task.id}" cannot be a case: ${wanted}`);
  }
  const patterns = block[mode] as unknown[]; // validated
  if (turns > 1 && patterns.length > 0) {
    const wanted = 'expected the metric adk_tool_trajectory, whose reference does';
    throw recordFault(`Task "${task.id}" does not say in which turn its calls are: ${wanted}`);
  }
  const settings = Object.keys(block).filter((key) => key !== mode);
  for (const key of settings) lose(losses, `settings of calls: ${key}`);
  return { turns: [patterns.map((one) => literalCall(task, one, losses))], match: mode };
}

const modes = ['exact', 'in_order', 'any_order'] as const;

function wantedByTurn(
  task: Task,
  reference: readonly unknown[][],
  asked: unknown,
  calls: unknown,
  losses: Losses,
): Wanted {
  const { match, at_least: least } = isObject(asked) ? asked : {};
  if (typeof least === 'number' && least !== 1)
    lose(losses, 'thresholds, which a configuration has');
  if (calls !== undefined) lose(losses, 'expectations under calls beside those by turn');
  const turns = reference.map((turn) => turn.map((one) => literalCall(task, one, losses)));
  return { turns, match: modes.find((mode) => mode === match) ?? 'exact' };
}

/** The call that a pattern wants, if it wants just one. */
function literalCall(task: Task, pattern: unknown, losses: Losses): Step {
  const place = { requires: true, counted: true };
  const source = readPattern(pattern, place, () => undefined, []);
  const args = source?.args ? literalOf(source.args.value) : undefined;
  const { times, optional, ...modifiers } = source?.modifiers ?? {};
  if (!source || args === undefined || times !== undefined || optional !== undefined) {
    const wanted = 'expected plain calls with the arguments as they are';
    throw recordFault(`Task "${task.id}" expects a call that no eval set can tell: ${wanted}`);
  }
  for (const key of Object.keys(modifiers)) lose(losses, `${key} that calls must have`);
  return { type: 'tool_call', tool: source.tool, args };
}

/** The value that a matcher is equal to; undefined where it is about more than one. */
function literalOf(matcher: unknown): unknown {
  if (Array.isArray(matcher)) {
    const items = matcher.map(literalOf);
    return items.includes(undefined) ? undefined : items;
  }
  if (!isObject(matcher)) return matcher;
  const entries = Object.entries(matcher);
  if (entries.length === 1 && entries[0]?.[0] === '$eq') return entries[0][1];
  const inner = entries.map(([key, value]) => [
    key,
    key.startsWith('$') ? undefined : literalOf(value),
  ]);
  return inner.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(inner);
}
