import { groupBy } from '../../json/group-by.ts';
import type { Step, Trajectory } from '../../model/trajectory.ts';
import type { Part } from '../each-part.ts';
import { recordFault } from '../each-record.ts';
import type { Converted, ReadOptions } from '../format.ts';
import { stopOf } from '../stop-of.ts';
import { withHandoffs } from '../with-handoffs.ts';
import type { Span } from './span.ts';
import { roleOf, textOf } from './span.ts';
import { traceSteps } from './trace-steps.ts';

/** A trajectory for each conversation in spans: for each trace, unless several name one conversation. Throws `input_fault` where no agent is in them. */
export function* tracesIn(
  spans: readonly Span[],
  format: string,
  options: ReadOptions,
): Generator<Part> {
  const conversations = grouped(spans);
  if (conversations.size === 0) {
    throw recordFault(
      'It holds no span of an agent, expected exchanges with a model or calls of tools',
    );
  }
  for (const [id, traces] of conversations) {
    yield {
      path: `trace ${traces[0]?.[0]?.trace}`,
      origin: null,
      convert: () => converted(id, traces, format, options),
    };
  }
}

/** Traces of agents by conversation, in the order of their times. */
function grouped(spans: readonly Span[]): Map<string, Span[][]> {
  const traces = groupBy(spans, ({ trace }) => trace);
  const agents = [...traces.values()].filter((trace) => trace.some(isWork));
  const sorted = agents.sort((a, b) => startOf(a) - startOf(b));
  return groupBy(sorted, conversationOf);
}

function isWork(span: Span): boolean {
  const role = roleOf(span);
  return role === 'model' || role === 'tool';
}

function startOf(trace: readonly Span[]): number {
  return Math.min(...trace.map(({ start }) => start));
}

/** The conversation that all spans of a trace name, else the trace itself. */
function conversationOf(trace: readonly Span[]): string {
  const named = trace.flatMap(
    (span) => textOf(span, 'gen_ai.conversation.id', 'gcp.vertex.agent.session_id') ?? [],
  );
  const [only, ...others] = new Set(named);
  return only !== undefined && others.length === 0 ? only : (trace[0]?.trace ?? '');
}

function converted(
  id: string,
  traces: readonly (readonly Span[])[],
  format: string,
  { task, agent, file }: ReadOptions,
): Converted {
  const told = traces.map((trace, index) => traceSteps(trace, index + 1));
  const turns = told.flatMap((one) => one ?? []);
  const start = turns[0]?.start ?? 0;
  const steps = withHandoffs(turns.flatMap((turn) => turn.steps.map((step) => since(step, start))));
  const trajectory: Trajectory = {
    schema_version: 1,
    task: task ?? id,
    agent,
    trial: 1,
    steps,
    stop: stopOf(steps),
    ...(!turns.every(({ captured }) => captured) && { calls: 'not_captured' as const }),
    source: { format, file, traces: traces.map((trace) => trace[0]?.trace) },
  };
  return { trajectory, unnumbered: true };
}

function since(step: Step, start: number): Step {
  if (!('at_ms' in step) || typeof step.at_ms !== 'number') return step;
  return { ...step, at_ms: Math.max(0, Math.round(step.at_ms - start)) };
}
