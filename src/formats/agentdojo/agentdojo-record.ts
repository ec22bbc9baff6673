import * as z from 'zod';
import { readRecord } from '../read-record.ts';

const Name = z.string().min(1);

/** One run of AgentDojo, as far as a trajectory is made of it. */
export const AgentDojoRecord = z.looseObject({
  suite_name: Name.describe('Suite of AgentDojo, such as banking'),
  pipeline_name: z.string().nullish().describe('The agent'),
  user_task_id: Name.describe('Task of the user; an injection task where its goal is run as one'),
  injection_task_id: Name.nullish().describe('What the attack is after; none without attack'),
  attack_type: Name.nullish().describe('The attack; none without one'),
  injections: z.unknown().optional().describe('Texts of the attack by place in the environment'),
  messages: z
    .custom<unknown[]>(Array.isArray, { error: 'a list' })
    .describe('The conversation, in order; each message is looked at when its steps are made'),
  error: z.unknown().optional().describe('What broke the run off; none where it ended'),
  utility: z.boolean().nullish().describe('Whether the task of the user was solved'),
  security: z.boolean().nullish().describe('Of attacked runs: whether the attack SUCCEEDED'),
});
export type AgentDojoRecord = z.infer<typeof AgentDojoRecord>;

/** Checks one parsed record of a run. Throws `input_fault`. */
export function readAgentDojoRecord(value: unknown): AgentDojoRecord {
  return readRecord(AgentDojoRecord, value);
}

/** Whether a run broke off: its verdicts are then defaults that say nothing. */
export function brokeOff({ error }: AgentDojoRecord): boolean {
  return error !== undefined && error !== null && error !== '';
}

/** Whether an attack was mounted on a run. */
export function isAttacked({ attack_type: attack }: AgentDojoRecord): boolean {
  return typeof attack === 'string' && attack !== 'none';
}

/** Whether the attack on a run is after its task itself: that it is not solved. */
export function deniesService({ attack_type: attack }: AgentDojoRecord): boolean {
  return /(?:^|_)dos$/.test(attack ?? '');
}

/** The attack on a run, named after everything that its goal depends on; null without one. */
export function attackOf(record: AgentDojoRecord): string | null {
  if (!isAttacked(record)) return null;
  const { suite_name: suite, injection_task_id: injection, attack_type: attack } = record;
  const parts = [suite, injection, attack, deniesService(record) && record.user_task_id];
  return parts.filter((part) => part).join('/');
}
