import { wildcard } from '../../match/wildcard.ts';
import type { ApprovalDecision } from '../../model/policy.ts';
import { literally } from '../trajectory-to-suite.ts';
import { type ArgumentGlob, type CallGlob, parseCallGlob } from './call-glob.ts';
import type { Approver } from './read-approvers.ts';

/** One rule of the chain in our words: the first whose tool and arguments match decides. */
export interface ChainRule {
  readonly decision: Extract<ApprovalDecision, 'approve' | 'deny' | 'terminate' | 'ask'>;
  /** Name of the tool, `*` a wildcard. */
  readonly tool: string;
  /** Matcher of the arguments, null for any. */
  readonly args: Readonly<Record<string, unknown>> | null;
}

/** Told of everything that the rules do not say as Inspect's file does. */
export type Lose = (kind: string, words: string) => void;

/** Writes approvers as rules in their order; what grants becomes narrower where it cannot be said exactly, what refuses becomes wider. */
export function chainRules(
  approvers: readonly Approver[],
  tools: readonly string[] | null,
  lose: Lose,
): ChainRule[] {
  return approvers.flatMap((approver) => {
    const decision = decisionOf(approver, lose);
    if (decision === null) return [];
    return approver.tools.flatMap((pattern) => rulesOf(pattern, decision, tools, lose));
  });
}

function decisionOf(approver: Approver, lose: Lose): ChainRule['decision'] | null {
  const { name, kind, decision, params } = approver;
  const named = JSON.stringify(name);
  const left = params.length === 0 ? '' : ` and its ${params.join(', ')}`;
  if (kind === 'other') {
    lose('approver', `The approver ${named}${left} is code that is not here: a person is asked`);
    return 'ask';
  }
  if (params.length > 0)
    lose('parameter', `Of the approver ${named} is left out: ${params.join(', ')}`);
  if (kind === 'human') return 'ask';
  if (decision === 'escalate') {
    lose('escalate', `The approver ${named} always passes on to the next: it is left out`);
    return null;
  }
  if (decision !== 'modify') return decision === 'reject' ? 'deny' : decision;
  lose(
    'modify',
    `The approver ${named} changes calls in a way that is not written down: they are denied`,
  );
  return 'deny';
}

function rulesOf(
  pattern: string,
  decision: ChainRule['decision'],
  tools: readonly string[] | null,
  lose: Lose,
): ChainRule[] {
  const glob = parseCallGlob(pattern);
  const quoted = JSON.stringify(pattern);
  const grants = decision === 'approve';
  if ('why' in glob) {
    const becomes = grants ? 'it grants nothing' : `it stands for all calls of ${glob.tool}`;
    lose('pattern', `The pattern ${quoted} cannot be said here (${glob.why}): ${becomes}`);
    return grants ? [] : [{ decision, tool: glob.tool, args: null }];
  }
  const rule = { decision, tool: glob.tool, args: argsOf(glob, grants, quoted, lose) };
  return glob.covers_longer ? [rule, ...longer(glob, rule, tools, lose)] : [rule];
}

/** Inspect puts a `*` behind each pattern. What it then covers is refused by name where the names are known, and never granted. */
function longer(
  { tool }: CallGlob,
  rule: ChainRule,
  tools: readonly string[] | null,
  lose: Lose,
): ChainRule[] {
  const grants = rule.decision === 'approve';
  const covers = wildcard(`${tool}*`);
  const own = wildcard(tool);
  const names = tools?.filter((name) => covers(name) && !own(name));
  if (names?.length === 0) return [];
  const quoted = JSON.stringify(tool);
  if (names === undefined) {
    lose('prefix', `${quoted} is that tool alone; Inspect takes every name that begins so`);
    return [];
  }
  const list = names.map((name) => JSON.stringify(name)).join(', ');
  const becomes = grants ? 'which it does not grant here' : 'which are added by name';
  lose('prefix', `${quoted} covers in Inspect ${list} too, ${becomes}`);
  const named = names.filter((name) => !name.includes('*') && !/\p{Cc}/u.test(name));
  return grants ? [] : named.map((name) => ({ ...rule, tool: name }));
}

function argsOf(
  { args, none }: CallGlob,
  grants: boolean,
  quoted: string,
  lose: Lose,
): ChainRule['args'] {
  if (none) return grants ? { $eq: {} } : null;
  if (args === null) return null;
  const matchers = Object.entries(args).map(([name, glob]) => {
    const matcher = matcherOf(glob, grants);
    if (matcher.lost) lose('number', `${quoted} covers longer numbers in Inspect: ${matcher.lost}`);
    return [name, matcher.value] as const;
  });
  return Object.fromEntries(matchers);
}

function matcherOf(glob: ArgumentGlob, grants: boolean): { value: unknown; lost?: string } {
  if (glob.kind === 'any') return { value: { $exists: true } };
  if (glob.kind === 'value') {
    if (!glob.open) return { value: glob.value };
    return grants
      ? { value: glob.value, lost: 'only this one is granted' }
      : { value: { $exists: true }, lost: 'here any value is meant' };
  }
  const [first = '', ...rest] = glob.pieces;
  if (rest.length === 0) return { value: glob.open ? { $starts_with: first } : literally(first) };
  const isPrefix = rest.length === 1 && rest[0] === '';
  if (isPrefix) return { value: { $starts_with: first } };
  const middle = glob.pieces.map(escaped).join('.*');
  return { value: { $regex: `(?s)^${middle}${glob.open ? '' : '$'}` } };
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
