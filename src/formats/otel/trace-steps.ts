import { canonicalJson } from '../../json/canonical.ts';
import { isObject } from '../../json/object.ts';
import type { Step, ToolCallStep, ToolResultStep } from '../../model/trajectory.ts';
import { type AskedCall, type Exchange, exchangeOf } from './exchange.ts';
import { dataOf, type Span, textOf, toolOf } from './span.ts';
import { type SpanTree, spanTree } from './span-tree.ts';

/** The steps of one trace in the order of their times. */
export interface TraceSteps {
  readonly steps: Step[];
  readonly start: number;
  /** Whether calls that were made would be seen. */
  readonly captured: boolean;
}

interface Timed {
  readonly at: number;
  readonly steps: readonly Step[];
}

/** Makes steps of the spans of one trace; null where no agent is in them. */
export function traceSteps(spans: readonly Span[], turn: number): TraceSteps | null {
  const tree = spanTree(spans);
  const exchanges = tree.exchanges.map(exchangeOf);
  if (exchanges.length === 0 && tree.tools.length === 0) return null;
  const start = Math.min(...[...tree.exchanges.flat(), ...tree.tools].map((span) => span.start));
  const isOpen = exchanges.some(({ answer }) => answer !== null);
  const pairs = pairedCalls(tree, exchanges);
  const timed = [
    ...exchanges.map((exchange) => exchangeSteps(exchange, pairs, tree)),
    ...tree.tools.flatMap((span) => toolSteps(span, pairs, tree, isOpen)),
  ];
  const user = exchanges[0]?.asked.findLast(({ role, text }) => role === 'user' && text !== '');
  const steps = timed
    .sort((a, b) => a.at - b.at)
    .flatMap((one) => one.steps.map((step) => ({ ...step, at: one.at })));
  const asked: Step[] = user ? [{ type: 'message', role: 'user', content: user.text }] : [];
  return {
    steps: [...asked.map((step) => ({ ...step, at: start })), ...steps].map(({ at, ...step }) => ({
      ...step,
      turn,
      at_ms: at,
    })) as Step[],
    start,
    captured:
      tree.tools.length > 0 ||
      (exchanges.length > 0 && exchanges.every(({ answer }) => answer !== null)),
  };
}

interface Pair {
  readonly call: AskedCall;
  readonly exchange: Exchange;
  readonly group: string | null;
  span: Span | null;
}

/** Calls that models asked for, each with the span in which it was made: that with its id, else the first alike. */
function pairedCalls({ tools }: SpanTree, exchanges: readonly Exchange[]): Pair[] {
  const pairs = exchanges.flatMap((exchange): Pair[] => {
    const calls = exchange.answer?.calls ?? [];
    const group = calls.length > 1 ? (exchange.spans[0]?.id ?? null) : null;
    return calls.map((call) => ({ call, exchange, group, span: null }));
  });
  const free = new Set(tools);
  const take = (wants: (pair: Pair, span: Span) => boolean) => {
    for (const pair of pairs) {
      const span = pair.span ?? [...free].find((one) => wants(pair, one)) ?? null;
      pair.span = span;
      if (span) free.delete(span);
    }
  };
  take(({ call }, span) => call.id !== null && call.id === textOf(span, 'gen_ai.tool.call.id'));
  take(({ call }, span) => call.tool === toolOf(span) && isSame(call.args, argsIn(span)));
  return pairs;
}

function isSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one ?? {}) === canonicalJson(other ?? {});
}

function argsIn(span: Span): unknown {
  return dataOf(span, 'gcp.vertex.agent.tool_call_args', 'gen_ai.tool.call.arguments');
}

/** An exchange, what was said in it, and those calls of it that no span shows. */
function exchangeSteps(
  { step, answer, spans }: Exchange,
  pairs: readonly Pair[],
  tree: SpanTree,
): Timed {
  const span = spans[0] as Span; // an exchange has one at least
  const actor = actorIn(tree, span);
  const unseen = pairs.filter((pair) => pair.span === null && pair.exchange.spans === spans);
  return {
    at: span.start,
    steps: [
      { ...step, ...actor },
      ...(answer && answer.text !== ''
        ? [{ type: 'message' as const, role: 'assistant' as const, content: answer.text, ...actor }]
        : []),
      ...unseen.map(({ call, group }) => callStep(call, group, actor)),
    ],
  };
}

function actorIn(tree: SpanTree, span: Span): { actor?: string } {
  const actor = tree.actorOf(span);
  return actor === undefined ? {} : { actor };
}

function callStep(
  { id, tool, args }: AskedCall,
  group: string | null,
  actor: object,
): ToolCallStep {
  return {
    type: 'tool_call',
    ...(id !== null && { id }),
    tool,
    ...(isObject(args) ? { args } : { args_missing: 'not_captured' as const }),
    ...(group !== null && { parallel: group }),
    ...actor,
  };
}

function toolSteps(span: Span, pairs: readonly Pair[], tree: SpanTree, isOpen: boolean): Timed[] {
  const pair = pairs.find((one) => one.span === span) ?? null;
  const actor = actorIn(tree, span);
  const id = textOf(span, 'gen_ai.tool.call.id') ?? pair?.call.id ?? null;
  const result = dataOf(span, 'gcp.vertex.agent.tool_response', 'gen_ai.tool.call.result');
  const text = textOf(span, 'gcp.vertex.agent.tool_response', 'gen_ai.tool.call.result');
  const own = argsIn(span);
  const isHidden = !isOpen && isSame(own, {}) && isSame(result, {}); // ADK writes {} for what it is not to show
  const args = isHidden ? undefined : (own ?? pair?.call.args);
  const call = callStep({ id, tool: toolOf(span), args }, pair?.group ?? null, actor);
  const answer = isHidden ? undefined : (result ?? text);
  return [
    { at: span.start, steps: [call] },
    ...(answer === undefined && !span.failed
      ? []
      : [{ at: span.end, steps: [resultStep(call, answer, span)] }]),
  ];
}

function resultStep(
  { id, tool, actor }: ToolCallStep,
  result: unknown,
  span: Span,
): ToolResultStep {
  const told = isObject(result) && [result['isError'], result['is_error']].includes(true);
  const error = told ? result : span.failed ? { message: failure(span, result) } : null;
  return {
    type: 'tool_result',
    ...(id && { id }),
    tool: tool,
    ...(error === null ? { result } : { error: error as Record<string, unknown> }),
    ...(actor !== undefined && { actor }),
  };
}

function failure(span: Span, result: unknown): string {
  if (typeof result === 'string') return result;
  return textOf(span, 'otel.status_description', 'exception.message', 'error.type') ?? 'It failed';
}
