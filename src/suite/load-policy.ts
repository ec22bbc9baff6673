import { isObject } from '../json/object.ts';
import type { ApprovalRule, Policy } from '../model/policy.ts';
import type { Tools } from '../model/tool.ts';
import { openPart, type Part, type SuiteLoading } from './part-loading.ts';
import { APPROVAL_KEYS, approvalsSchema, policySchema } from './policy-keys.ts';
import { isSound } from './schema-faults.ts';
import { isFilePath } from './text-schema.ts';

/** Reads what agents may do, inline or from the file that is named; undefined where there is none or it cannot be used. */
export async function loadPolicy(
  loading: SuiteLoading,
  { value, at }: Part,
  _tools: Tools | null,
): Promise<Policy | undefined> {
  if (value === undefined || !isSound(at)) return undefined;
  const part = isFilePath(value) ? await openPart(loading, value, at, policySchema) : { value, at };
  if (!part || !isObject(part.value) || !isSound(part.at)) return undefined;
  return part.value; // validated
}

/** Reads the people who approve, inline or from the file that is named. */
export async function loadApprovals(
  loading: SuiteLoading,
  { value, at }: Part,
  _tools: Tools | null,
): Promise<readonly ApprovalRule[] | undefined> {
  if (value === undefined || !isSound(at)) return undefined;
  const part = isFilePath(value)
    ? await openPart(loading, value, at, approvalsSchema)
    : { value, at };
  if (!part || !Array.isArray(part.value) || !isSound(part.at)) return undefined;
  return part.value.map(ruleOf);
}

/** An entry as written, its call pattern set apart; entries are validated. */
function ruleOf(written: Readonly<Record<string, unknown>>): ApprovalRule {
  const own = new Set<string>(APPROVAL_KEYS);
  const entries = Object.entries(written);
  const settings = Object.fromEntries(entries.filter(([key]) => own.has(key)));
  const pattern = Object.fromEntries(entries.filter(([key]) => !own.has(key)));
  return { ...(settings as unknown as Omit<ApprovalRule, 'pattern'>), pattern }; // validated
}
