import type { Step, Trajectory } from '../model/trajectory.ts';

/** A call that a test makes up; without `status` it is answered with `result`. */
export interface MadeCall {
  tool: string;
  /** Absent: not captured. */
  args?: unknown;
  status?: 'ok' | 'failed' | 'blocked' | 'unknown';
  result?: unknown;
  error?: Readonly<Record<string, unknown>>;
  actor?: string;
  parallel?: string;
  id?: string;
}

/** An answered call. */
export function call(tool: string, args: unknown = {}, more: Partial<MadeCall> = {}): MadeCall {
  return { tool, args, ...more };
}

/** Something the agent says. */
export function says(content: string): Step {
  return { type: 'message', role: 'assistant', content };
}

/** Something the user says. */
export function asks(content: string): Step {
  return { type: 'message', role: 'user', content };
}

/** A hand-over between actors. */
export function handsOver(from: string, to: string): Step {
  return { type: 'handoff', from, to };
}

/** Steps of calls, each with its own id; calls issued together are made before any of them is answered. */
export function stepsOf(parts: readonly (MadeCall | Step)[]): Step[] {
  const steps: Step[] = [];
  let waiting: Step[] = [];
  let group: string | undefined;
  parts.forEach((part, index) => {
    const made = 'type' in part ? null : (part as MadeCall); // only a step has a type
    if (made?.parallel === undefined || made.parallel !== group) {
      steps.push(...waiting);
      waiting = [];
    }
    group = made?.parallel;
    if (!made) {
      steps.push(part as Step); // it has a type
      return;
    }
    const id = made.id ?? `c${index}`;
    steps.push(attempt(made, id));
    const result = answerTo(made, id);
    if (result) (group === undefined ? steps : waiting).push(result);
  });
  return [...steps, ...waiting];
}

function attempt(made: MadeCall, id: string): Step {
  return {
    type: 'tool_call',
    id,
    tool: made.tool,
    ...(made.args === undefined ? { args_missing: 'not_captured' } : { args: made.args }),
    ...(made.actor !== undefined && { actor: made.actor }),
    ...(made.parallel !== undefined && { parallel: made.parallel }),
  };
}

function answerTo(made: MadeCall, id: string): Step | null {
  const { status = 'ok', result = null, error = { message: 'No' } } = made;
  if (status === 'unknown') return null;
  if (status === 'blocked') return { type: 'tool_result', id, blocked: 'policy' };
  return { type: 'tool_result', id, ...(status === 'failed' ? { error } : { result }) };
}

/** A completed trajectory of calls and other steps. */
export function trajectoryOf(
  parts: readonly (MadeCall | Step)[],
  more: Partial<Trajectory> = {},
): Trajectory {
  return recordOf(stepsOf(parts), more);
}

/** A completed trajectory of steps as they are. */
export function recordOf(steps: readonly unknown[], more: Partial<Trajectory> = {}): Trajectory {
  return {
    schema_version: 1,
    task: 'refund-late-order',
    agent: 'recorded',
    trial: 1,
    steps: steps as Step[], // hostile tests put in what the schema refuses
    stop: 'completed',
    ...more,
  };
}
