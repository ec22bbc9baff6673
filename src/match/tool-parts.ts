import type { Call } from './calls.ts';
import type { CallPattern } from './pattern.ts';

/** Patterns and calls that are about the same tools, by number: no others have to do with them. */
export interface Part {
  readonly patterns: readonly number[];
  readonly calls: readonly number[];
}

/** Takes patterns and calls apart by their tools; a wildcard holds together what it stands for. */
export function partsOf(patterns: readonly CallPattern[], calls: readonly Call[]): Part[] {
  const byTool = new Map<string, number[]>();
  calls.forEach(({ tool }, at) => {
    const known = byTool.get(tool);
    if (known) known.push(at);
    else byTool.set(tool, [at]);
  });
  let parts = [...byTool.values()].map((own) => ({
    samples: own.slice(0, 1),
    calls: own,
    patterns: [] as number[],
  }));
  patterns.forEach((pattern, number) => {
    const isMet = (at: number) => {
      const call = calls[at];
      return call !== undefined && pattern.isOfTool(call);
    };
    const [first, ...others] = parts.filter(({ samples }) => samples.some(isMet));
    if (!first) return;
    first.patterns.push(number);
    for (const part of others) {
      first.samples.push(...part.samples);
      first.patterns.push(...part.patterns);
      first.calls = first.calls.concat(part.calls);
    }
    if (others.length > 0) parts = parts.filter((part) => !others.includes(part));
  });
  return parts.map((part) => ({
    patterns: part.patterns.sort((a, b) => a - b),
    calls: part.calls.sort((a, b) => a - b),
  }));
}
