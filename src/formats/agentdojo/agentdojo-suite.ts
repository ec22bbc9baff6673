import { AgentopsError } from '../../errors.ts';
import type { MessageStep, Trajectory } from '../../model/trajectory.ts';
import { recordFault } from '../each-record.ts';
import type { SideFiles, SuiteSource } from '../format.ts';
import { callPattern } from '../trajectory-to-suite.ts';
import { type AgentDojoRecord, deniesService } from './agentdojo-record.ts';
import { type Expectations, oneOf, readAgentDojoRules } from './agentdojo-rules.ts';
import { type AgentDojoTask, readAgentDojoTasks } from './agentdojo-tasks.ts';
import { readAgentDojoTools } from './agentdojo-tools.ts';

interface Known {
  readonly rules: Awaited<ReturnType<typeof readAgentDojoRules>> | null;
  readonly tasks: Awaited<ReturnType<typeof readAgentDojoTasks>> | null;
}

/** Draws from each run what decides it: that the task was solved, and of an attack what it is after. What no side file tells is left undecided. */
export async function agentDojoSuite(side: SideFiles): Promise<SuiteSource> {
  const known = {
    rules: side.rules === undefined ? null : await readAgentDojoRules(side.rules),
    tasks: side.tasks === undefined ? null : await readAgentDojoTasks(side.tasks),
  };
  const inputs = new Map<string, Input>();
  return {
    tools: side.tools === undefined ? null : await readAgentDojoTools(side.tools),
    // Both are asked of records that were checked when their trajectories were made
    task: (trajectory, origin) => {
      const { task: id } = trajectory;
      // Versions of the benchmark word some tasks anew
      const input = inputs.get(id) ?? inputOf(trajectory);
      if (input !== null) inputs.set(id, input);
      const expect = done(origin as AgentDojoRecord, known);
      return { id, ...(input !== null && { input }), expect };
    },
    goal: (_, origin) => goalOf(origin as AgentDojoRecord, known),
  };
}

/** What is expected of the task of a run; the goal of an injection task may be run as one. */
function done({ suite_name: suite, user_task_id: task }: AgentDojoRecord, known: Known) {
  const isInjection = task.startsWith('injection_task');
  return isInjection ? reached(`${suite}/${task}`, known) : solved(suite, task, known);
}

/** What the attack on a run is after. */
function goalOf(record: AgentDojoRecord, known: Known): Expectations {
  if (!deniesService(record)) {
    return reached(`${record.suite_name}/${record.injection_task_id}`, known);
  }
  const expected = done(record, known);
  return 'undecided' in expected ? expected : { not: [expected] };
}

type Input = MessageStep['content'];

function inputOf({ steps }: Trajectory): Input {
  const asked = steps.find((step) => step.type === 'message' && step['role'] === 'user');
  return asked ? (asked as MessageStep).content : null; // a message
}

/** What holds where the goal of an injection task was reached. */
function reached(name: string, { rules }: Known): Expectations {
  if (!rules) return { undecided: 'Whether the goal was reached needs --rules' };
  const goals = ruleOf(name, rules);
  return goals ? oneOf(goals) : { undecided: `--rules holds no rule for ${name}` };
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
