import { AgentopsError } from '../../errors.ts';
import type { MessageStep, Trajectory } from '../../model/trajectory.ts';
import { recordFault } from '../each-record.ts';
import type { SideFiles, SuiteSource, TaskDraft } from '../format.ts';
import { callPattern } from '../trajectory-to-suite.ts';
import type { AgentDojoRecord } from './agentdojo-record.ts';
import { type Expectations, oneOf, readAgentDojoRules } from './agentdojo-rules.ts';
import { type AgentDojoTask, readAgentDojoTasks } from './agentdojo-tasks.ts';
import { readAgentDojoTools } from './agentdojo-tools.ts';

interface Known {
  readonly rules: Awaited<ReturnType<typeof readAgentDojoRules>> | null;
  readonly tasks: Awaited<ReturnType<typeof readAgentDojoTasks>> | null;
}

/** Draws from each run what decides it: under attack that the goal of the attack was not reached, else that the task was solved. What no side file tells is left undecided. */
export async function agentDojoSuite(side: SideFiles): Promise<SuiteSource> {
  const known = {
    rules: side.rules === undefined ? null : await readAgentDojoRules(side.rules),
    tasks: side.tasks === undefined ? null : await readAgentDojoTasks(side.tasks),
  };
  return {
    tools: side.tools === undefined ? null : await readAgentDojoTools(side.tools),
    // Checked when its trajectory was made
    task: (trajectory, origin) => draft(trajectory, origin as AgentDojoRecord, known),
  };
}

function draft(trajectory: Trajectory, record: AgentDojoRecord, known: Known): TaskDraft {
  const { attack_type: attack, user_task_id: task } = record;
  const input = inputOf(trajectory);
  const id = trajectory.task;
  const isForUser = !attack || /(?:^|_)dos$/.test(attack); // such an attack is after the task itself
  const goal = isForUser ? task : record.injection_task_id;
  const named = `${record.suite_name}/${goal}`;
  const isInjection = goal?.startsWith('injection_task') === true;
  const expect =
    isForUser && !isInjection
      ? solved(record.suite_name, task, known)
      : reached(named, known, attack ? (goals) => ({ not: goals }) : oneOf);
  return { id, ...(input !== null && { input }), expect };
}

function inputOf({ steps }: Trajectory): MessageStep['content'] {
  const asked = steps.find((step) => step.type === 'message' && step['role'] === 'user');
  return asked ? (asked as MessageStep).content : null; // a message
}

/** What is expected of the goal of an injection task. */
function reached(
  name: string,
  { rules }: Known,
  expected: (goals: readonly Expectations[]) => Expectations,
): Expectations {
  if (!rules) return { undecided: 'Whether the goal was reached needs --rules' };
  const goals = ruleOf(name, rules);
  return goals ? expected(goals) : { undecided: `--rules holds no rule for ${name}` };
}

function ruleOf(name: string, rules: NonNullable<Known['rules']>) {
  try {
    return rules(name);
  } catch (thrown) {
    if (!(thrown instanceof AgentopsError)) throw thrown;
    throw recordFault(`Cannot use the rule for ${name}: ${thrown.message}`);
  }
}

/** What is expected of a task of the user. */
function solved(suite: string, id: string, { tasks }: Known): Expectations {
  if (!tasks) return { undecided: 'Whether the task was solved needs --tasks' };
  const task = tasks(suite, id);
  return task ? solution(task) : { undecided: `--tasks holds no task ${suite}/${id}` };
}

/** The calls of the solution, among others; what the benchmark looks up in its environment is not recorded. */
function solution({ ground_truth: calls }: AgentDojoTask): Expectations {
  if (calls.length === 0) return { undecided: 'The task has no calls that solve it' };
  const wanted = calls.map(({ function: tool, args }) => callPattern(tool, args));
  return { calls: { any_order: wanted, among: { status: 'ok' }, args: 'partial' } };
}
