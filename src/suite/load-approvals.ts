import { isObject } from '../json/object.ts';
import type { ApprovalRule, Policy } from '../model/policy.ts';
import type { Tools } from '../model/tool.ts';
import { checkEarlyPattern, entriesAt } from './check-early-pattern.ts';
import type { KeyPath } from './kinds.ts';
import { openPart, type Part, type SuiteLoading } from './part-loading.ts';
import { isWithin } from './path-set.ts';
import { APPROVAL_KEYS, approvalsSchema } from './policy-keys.ts';
import { isSound } from './schema-faults.ts';
import { type FaultOptions, faultAt } from './source.ts';
import { isFilePath } from './text-schema.ts';
import { unknownName } from './tool-names.ts';

/** Reads the people who approve, inline or from the file that is named, and checks them against the tools and the policy. */
export async function loadApprovals(
  loading: SuiteLoading,
  { value, at }: Part,
  tools: Tools | null,
  policy: Policy | undefined,
): Promise<readonly ApprovalRule[] | undefined> {
  if (value === undefined) return undefined;
  const part = isFilePath(value)
    ? await openPart(loading, value, at, approvalsSchema)
    : { value, at };
  if (!part || !Array.isArray(part.value)) return undefined;
  const written = part.value.map((entry: unknown) => (isObject(entry) ? ruleOf(entry) : null));
  for (const [index, rule] of written.entries()) {
    if (rule) checkRule(loading, part, index, rule, tools, policy);
  }
  if (!isSound(part.at)) return undefined;
  const asks = policy?.approve !== undefined || policy?.approval_tool !== undefined;
  if (!asks && isSound(at)) {
    const message = 'No policy asks these people: it has neither approve nor approval_tool';
    loading.faults.push(faultAt(at.source, at.path, message, { severity: 'warning', on: 'key' }));
  }
  return written.filter((rule) => rule !== null);
}

/** An entry as written, its call pattern set apart. */
function ruleOf(written: Readonly<Record<string, unknown>>): ApprovalRule {
  const own = new Set<string>(APPROVAL_KEYS);
  const entries = Object.entries(written);
  const settings = Object.fromEntries(entries.filter(([key]) => own.has(key)));
  const pattern = Object.fromEntries(entries.filter(([key]) => !own.has(key)));
  return { ...(settings as unknown as Omit<ApprovalRule, 'pattern'>), pattern }; // used only if validated
}

function checkRule(
  loading: SuiteLoading,
  part: Part,
  index: number,
  rule: ApprovalRule,
  tools: Tools | null,
  policy: Policy | undefined,
): void {
  const { at } = part;
  const tell = (path: KeyPath, message: string, options: FaultOptions) => {
    const whole = [...at.path, index, ...path];
    if (!isWithin(whole, at.trapped))
      loading.faults.push(faultAt(at.source, whole, message, options));
  };
  const tool = checkEarlyPattern(loading, part, [index], rule.pattern, tools);
  if (tool === null) return;
  for (const [argument] of tools ? entriesAt(rule.with) : []) {
    const name = { path: ['with', argument], on: 'key', tool, argument } as const;
    for (const { path, on, message } of unknownName(name, tools ?? {})) tell(path, message, { on });
  }
  if (rule.grants === undefined) return;
  if (policy && tool !== policy.approval_tool) {
    const asks =
      policy.approval_tool === undefined ? 'which the policy lacks' : policy.approval_tool;
    tell(['grants'], `grants stands with the approval_tool only, ${asks}`, { on: 'key' });
  }
  if (!Array.isArray(rule.grants)) return;
  for (const [number, pattern] of rule.grants.entries()) {
    checkEarlyPattern(loading, part, [index, 'grants', number], pattern, tools);
  }
}
