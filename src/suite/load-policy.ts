import { isObject, ownValue } from '../json/object.ts';
import type { Policy } from '../model/policy.ts';
import type { Tools } from '../model/tool.ts';
import { withApprovalTool } from './approval-tool.ts';
import { checkEarlyPattern, entriesAt, nameList } from './check-early-pattern.ts';
import type { KeyPath, NameAt } from './kinds.ts';
import { openPart, type Part, type SuiteLoading } from './part-loading.ts';
import { isWithin } from './path-set.ts';
import { policySchema } from './policy-keys.ts';
import { isSound, type ValueAt } from './schema-faults.ts';
import { faultAt } from './source.ts';
import { isFilePath } from './text-schema.ts';
import { unknownName } from './tool-names.ts';

/** Reads what agents may do, inline or from the file that is named, and checks its names against the tools; undefined where there is none or it cannot be used. `isUnmanned` says that agents run and nobody decides about what they ask. */
export async function loadPolicy(
  loading: SuiteLoading,
  { value, at }: Part,
  tools: Tools | null,
  isUnmanned: boolean,
): Promise<Policy | undefined> {
  if (value === undefined) return undefined;
  const part = isFilePath(value) ? await openPart(loading, value, at, policySchema) : { value, at };
  if (!part || !isObject(part.value)) return undefined;
  const policy: Policy = part.value; // as far as it is sound
  const known = loading.faults.length;
  checkPolicy(loading, policy, part, tools);
  if (!isSound(part.at)) return undefined;
  if (loading.faults.length === known) warnOfIdle(loading, policy, part.at, isUnmanned);
  return policy;
}

/** Warns of a policy that no call can go against, and of approvals that nobody gives. */
function warnOfIdle(
  { faults }: SuiteLoading,
  policy: Policy,
  { source, path }: ValueAt,
  isUnmanned: boolean,
): void {
  const warn = (at: KeyPath, message: string) =>
    faults.push(faultAt(source, at, message, { severity: 'warning', on: 'key' }));
  if (policyVerdicts(policy).length === 0) {
    warn(path, 'No call goes against this policy: it has none of tools, actors, deny and approve');
  }
  if (isUnmanned && policy.approve && policy.approve.length > 0) {
    const message = 'Nobody decides about these calls: without "approvals" every request is denied';
    warn([...path, 'approve'], message);
  }
}

/** Names of the verdicts that a policy brings to each trial. */
export function policyVerdicts(policy: Policy | undefined): string[] {
  const rules = ['tools', 'actors', 'deny', 'approve'] as const;
  return rules.flatMap((rule) => (policy?.[rule] === undefined ? [] : [`policy.${rule}`]));
}

function checkPolicy(
  loading: SuiteLoading,
  policy: Policy,
  part: Part,
  declared: Tools | null,
): void {
  const { at } = part;
  const tell = (path: KeyPath, message: string, on: 'key' | 'value' = 'value') => {
    const whole = [...at.path, ...path];
    if (!isWithin(whole, at.trapped))
      loading.faults.push(faultAt(at.source, whole, message, { on }));
  };
  const asks = ownValue(part.value as Record<string, unknown>, 'approval_tool'); // an object, as was looked at
  const named = typeof asks === 'string' ? asks : undefined;
  if (named?.includes('*')) tell(['approval_tool'], 'Expected the name of one tool, without *');
  if (named !== undefined && declared && Object.hasOwn(declared, named) && declared[named]?.mock) {
    tell(['approval_tool'], `${named} has a mock, but approvals answer it: leave its mock out`);
  }
  const tools =
    named === undefined ? declared : withApprovalTool(declared, { approval_tool: named });
  for (const one of tools ? namesIn(policy) : []) {
    for (const { path, on, message } of unknownName(one, tools ?? {})) tell(path, message, on);
  }
  for (const [actor] of entriesAt(policy.actors)) {
    if (actor.includes('*'))
      tell(['actors', actor], '* is no wildcard here, name each actor', 'key');
  }
  for (const key of ['deny', 'approve'] as const) {
    for (const [index, pattern] of listOf(policy[key]).entries()) {
      const tool = checkEarlyPattern(loading, part, [key, index], pattern, tools);
      if (tool !== null && tool === named) {
        tell([key, index], `${tool} is the approval_tool, which is always allowed`);
      }
    }
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The names of tools that stand outside of patterns. */
function namesIn({ tools, actors, actions }: Policy): NameAt[] {
  const maps = { actors, actions };
  return [
    ...nameList(tools, ['tools']),
    ...Object.entries(maps).flatMap(([key, map]) =>
      entriesAt(map).flatMap(([name, list]) => nameList(list, [key, name])),
    ),
  ];
}
