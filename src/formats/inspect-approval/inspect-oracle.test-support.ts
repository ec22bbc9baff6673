import type { Approver } from './read-approvers.ts';

/** What becomes of a call. */
export type Outcome = 'approve' | 'ask' | 'reject' | 'terminate';

/** A call with its arguments in the order in which the model gave them. */
export type MadeArguments = Readonly<Record<string, string | number | boolean | null>>;

/** Inspect's published rule: each pattern with a `*` behind it against the rendered call; the first approver that does not escalate decides, and without one it is rejected. */
export function inspectDecides(
  approvers: readonly Pick<Approver, 'kind' | 'decision' | 'tools'>[],
  tool: string,
  args: MadeArguments,
): Outcome {
  const rendered = `${tool}(${Object.entries(args)
    .map(([name, value]) => `${name}=${repr(value)}`)
    .join(', ')})`;
  for (const { kind, decision, tools } of approvers) {
    if (!tools.some((pattern) => fnmatch(rendered, `${pattern}*`))) continue;
    if (kind !== 'auto') return 'ask';
    if (decision === 'escalate') continue;
    return decision === 'modify' ? 'reject' : decision;
  }
  return 'reject';
}

function repr(value: MadeArguments[string] | undefined): string {
  if (typeof value === 'string')
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? 'None' : String(value);
}

function fnmatch(text: string, glob: string): boolean {
  const parts = glob
    .replace(/[\\^$.+(){}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${parts}$`, 's').test(text);
}
