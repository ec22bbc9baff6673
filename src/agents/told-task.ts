import type { Session } from '../live/session.ts';
import type { Tools } from '../model/tool.ts';
import type { MessageStep, Step } from '../model/trajectory.ts';
import type { DriveTask } from './agent.ts';

/** A tool as agents are told of it. */
export interface ToldTool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of its arguments. */
  readonly input_schema: Readonly<Record<string, unknown>>;
}

/** Something said before, as agents are told of it. */
export interface ToldMessage {
  readonly role: 'user' | 'assistant';
  readonly content: unknown;
}

/** The tools of a suite as agents are told of them, less those that an agent has of its own. */
export function toldTools(tools: Tools | null): ToldTool[] {
  return Object.entries(tools ?? {}).flatMap(([name, { description, input, mock }]) => {
    if (mock?.kind === 'agent') return [];
    const words = description === undefined ? {} : { description };
    return [{ name, ...words, input_schema: input ?? { type: 'object' } }];
  });
}

/** What user and agent said so far. */
export function toldMessages(steps: readonly Step[]): ToldMessage[] {
  return steps.flatMap((step): ToldMessage[] => {
    if (step.type !== 'message') return [];
    const { role, content } = step as MessageStep; // the tag says so
    return role === 'user' || role === 'assistant' ? [{ role, content }] : [];
  });
}

/** A task as agents outside of this process are told of it, with what the user says now. */
export function toldTask(task: DriveTask, { steps, tools }: Session, input: unknown) {
  return {
    trial: task.id,
    suite: task.suite,
    task: task.task,
    agent: task.agent,
    input,
    messages: toldMessages(steps),
    tools: toldTools(tools),
  };
}
