import { roleOf, type Span, textOf } from './span.ts';

/** What hangs together in the spans of one trace. */
export interface SpanTree {
  /** Spans of calls, each call once. */
  readonly tools: readonly Span[];
  /** Spans of exchanges with a model, those of one exchange together and the outermost first. */
  readonly exchanges: readonly (readonly Span[])[];
  /** Name of the agent that a span belongs to. */
  actorOf(span: Span): string | undefined;
}

/** Sorts out spans by their nesting: an exchange is often seen by several layers, each of which writes a span of its own. */
export function spanTree(spans: readonly Span[]): SpanTree {
  const byId = new Map(spans.map((span) => [span.id, span]));
  const above = (span: Span) => ancestors(span, byId);
  const exchanges = new Map<Span, Span[]>();
  const tools: Span[] = [];
  const seen = new Set<string>();
  for (const span of [...spans].sort((a, b) => a.start - b.start || depth(a) - depth(b))) {
    const role = roleOf(span);
    if (role === 'model') {
      const outer = outermost(span, above(span));
      exchanges.set(outer, [...(exchanges.get(outer) ?? []), span]);
    }
    if (role !== 'tool') continue;
    const id = textOf(span, 'gen_ai.tool.call.id');
    if (id !== undefined && seen.has(id)) continue;
    if (id !== undefined) seen.add(id);
    tools.push(span);
  }
  function depth(span: Span): number {
    return above(span).length;
  }
  return {
    tools,
    exchanges: [...exchanges.values()],
    actorOf: (span) => {
      const agent = [span, ...above(span)].find((one) => roleOf(one) === 'agent');
      if (agent === undefined) return undefined;
      const inName = /^(?:invoke_agent|agent_run)\s+\[?([^\]]+)\]?$/.exec(agent.name)?.[1];
      return textOf(agent, 'gen_ai.agent.name') ?? inName;
    },
  };
}

/** Spans around a span, the nearest first; a ring of parents ends where it began. */
function ancestors(span: Span, byId: ReadonlyMap<string, Span>): Span[] {
  const list: Span[] = [];
  const seen = new Set([span]);
  for (let at = parentOf(span, byId); at && !seen.has(at); at = parentOf(at, byId)) {
    seen.add(at);
    list.push(at);
  }
  return list;
}

function parentOf({ parent }: Span, byId: ReadonlyMap<string, Span>): Span | undefined {
  return parent === null ? undefined : byId.get(parent);
}

/** The outermost span of an exchange: what an agent or a tool in between does is an exchange of its own. */
function outermost(span: Span, above: readonly Span[]): Span {
  let outer = span;
  for (const one of above) {
    const role = roleOf(one);
    if (role === 'agent' || role === 'tool') break;
    if (role === 'model') outer = one;
  }
  return outer;
}
