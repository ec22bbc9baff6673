import { isObject, ownValue } from '../../json/object.ts';

/** What an approver of Inspect does about a call that it is asked about. */
export type ApproverDecision = 'approve' | 'reject' | 'terminate' | 'escalate' | 'modify';

/** One approver of the chain. */
export interface Approver {
  readonly name: string;
  /** `other` is code that we do not have. */
  readonly kind: 'auto' | 'human' | 'other';
  /** Of an `auto` one. */
  readonly decision: ApproverDecision;
  readonly tools: readonly string[];
  /** Keys that it has beside those that are known. */
  readonly params: readonly string[];
}

/** Something wrong in the file. */
export interface ApprovalFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The chain in its order. */
export interface ReadApprovers {
  readonly approvers: readonly Approver[];
  readonly faults: readonly ApprovalFault[];
  readonly notes: readonly string[];
}

const DECISIONS = ['approve', 'reject', 'terminate', 'escalate', 'modify'] as const;

/** Reads the approval file of Inspect: a map with `approvers`, each with a name and tools; whatever else it has are its parameters. */
export function readApprovers(value: unknown): ReadApprovers {
  const faults: ApprovalFault[] = [];
  const list = isObject(value) ? ownValue(value, 'approvers') : undefined;
  if (!isObject(value) || !Array.isArray(list)) {
    const path = isObject(value) && Object.hasOwn(value, 'approvers') ? ['approvers'] : [];
    const message = 'Expected a map with "approvers", a list of approvers with name and tools';
    return { approvers: [], faults: [{ path, message }], notes: [] };
  }
  if (list.length === 0) {
    faults.push({ path: ['approvers'], message: 'Expected at least one approver' });
  }
  const others = Object.keys(value).filter((key) => key !== 'approvers');
  const notes = others.map((key) => `The key ${JSON.stringify(key)} is not known and left out`);
  const approvers = list.flatMap((item, index) => approverAt(item, ['approvers', index], faults));
  return { approvers, faults, notes };
}

function approverAt(
  item: unknown,
  path: ApprovalFault['path'],
  faults: ApprovalFault[],
): Approver[] {
  const before = faults.length;
  const fault = (key: string | null, message: string) =>
    faults.push({ path: key === null ? path : [...path, key], message });
  if (!isObject(item)) {
    fault(null, 'Expected an approver: a map with name and tools');
    return [];
  }
  const { name, tools, params, ...more } = item;
  if (typeof name !== 'string' || name === '') {
    fault(name === undefined ? null : 'name', 'Expected the name of an approver, such as auto');
  }
  const patterns = typeof tools === 'string' ? [tools] : tools;
  if (!isList(patterns)) {
    fault(tools === undefined ? null : 'tools', 'Expected tools: a pattern or a list of patterns');
  }
  if (params !== undefined && !isObject(params)) fault('params', 'Expected a map of parameters');
  const given = { ...more, ...(isObject(params) ? params : {}) };
  const kind = kindOf(String(name));
  const decision = Object.hasOwn(given, 'decision') ? given['decision'] : 'approve';
  const known = DECISIONS.find((one) => one === decision);
  if (kind === 'auto' && known === undefined) {
    const inParams = isObject(params) && Object.hasOwn(params, 'decision');
    faults.push({
      path: [...path, ...(inParams ? ['params'] : []), 'decision'],
      message: `Unknown decision ${JSON.stringify(decision)}, expected one of ${DECISIONS.join(', ')}`,
    });
  }
  if (faults.length > before || !isList(patterns)) return [];
  const own = kind === 'auto' ? ['decision'] : kind === 'human' ? ['choices'] : [];
  const extra = Object.keys(given).filter((key) => !own.includes(key));
  const left = kind === 'human' && Object.hasOwn(given, 'choices') ? ['choices'] : [];
  return [
    {
      name: String(name),
      kind,
      decision: known ?? 'approve',
      tools: patterns,
      params: [...left, ...extra],
    },
  ];
}

function isList(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one === 'string' && one !== '')
  );
}

function kindOf(name: string): Approver['kind'] {
  const bare = name.replace(/^inspect_ai\//, '');
  return bare === 'auto' || bare === 'human' ? bare : 'other';
}
