import * as z from 'zod';

const Action = z.looseObject({
  action_id: z.string().nullish().describe('Its number among those of its task: `<task>_<n>`'),
  name: z.string().describe('Name of the tool'),
  arguments: z.record(z.string(), z.unknown()).nullish().describe('Arguments of the call'),
  compare_args: z
    .array(z.string())
    .nullish()
    .describe(
      'Arguments that count in an action check; those of the call that is compared unless given',
    ),
});
export type Tau2Action = z.infer<typeof Action>;

const Basis = z.array(z.string()).nullish().describe('Parts whose product the reward is');

const Criteria = z.looseObject({
  actions: z.array(Action).nullish().describe('Calls that lead to the expected state'),
  communicate_info: z.array(z.string()).nullish().describe('Texts that the agent must say'),
  env_assertions: z.array(z.unknown()).nullish().describe('What must hold of the final state'),
  nl_assertions: z.array(z.unknown()).nullish().describe('What a model judges'),
  reward_basis: Basis,
});
export type Tau2Criteria = z.infer<typeof Criteria>;

/** What tau2-bench expects of one task. */
export const Tau2Task = z.looseObject({
  id: z.union([z.string(), z.int()]).describe('Name of the task'),
  user_scenario: z.unknown().optional().describe('What the user wants and knows'),
  evaluation_criteria: Criteria.nullish().describe('What is expected; nothing where it is absent'),
});
export type Tau2Task = z.infer<typeof Tau2Task>;

const RewardInfo = z.looseObject({
  reward: z.number().nullish().describe('1 where the simulation succeeded'),
  action_checks: z
    .array(z.looseObject({ action: Action }))
    .nullish()
    .describe('Whether each expected call was made'),
  communicate_checks: z.array(z.looseObject({ info: z.string() })).nullish(),
  env_assertions: z.array(z.unknown()).nullish(),
  nl_assertions: z.array(z.unknown()).nullish(),
  reward_basis: Basis,
});

/** One simulation of a result file, as far as a trajectory is made of it. */
export const Tau2Simulation = z.looseObject({
  task_id: z.union([z.string(), z.int()]).describe('Name of the task'),
  trial: z.int().nonnegative().nullish().describe('Number of the trial, from 0'),
  start_time: z.string().nullish(),
  termination_reason: z.string().nullish().describe('How it ended'),
  messages: z.array(z.unknown()).describe('What was said and called, in order'),
  reward_info: RewardInfo.nullish().describe('How the reward came about'),
});
export type Tau2Simulation = z.infer<typeof Tau2Simulation>;

/** A result file: simulations, and the tasks that they were run on. */
export const Tau2Results = z.looseObject({
  info: z
    .looseObject({ agent_info: z.looseObject({ llm: z.string().nullish() }).nullish() })
    .nullish(),
  tasks: z.array(z.unknown()).nullish().describe('The tasks'),
  simulations: z.array(z.unknown()).describe('One run of a task each'),
});
export type Tau2Results = z.infer<typeof Tau2Results>;
