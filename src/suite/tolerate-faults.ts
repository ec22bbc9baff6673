import { didYouMean } from '../match/nearest-name.ts';
import { wildcard } from '../match/wildcard.ts';
import type { GateRule, Tolerance } from '../model/plan.ts';
import type { Fault, Suite } from '../model/suite.ts';
import type { ExpectationKind } from './kinds.ts';
import { policySchema } from './policy-keys.ts';
import type { ValueAt } from './schema-faults.ts';
import { faultAt } from './source.ts';

/** What the names in `tolerate` are held against. */
export interface Tolerable extends Pick<Suite, 'agents' | 'tasks' | 'attacks' | 'policy'> {
  readonly judges: readonly ExpectationKind[];
}

/** Faults of a gate's `tolerate`: a name that the suite has not would tolerate nothing, and nobody would know. */
export function tolerateFaults(gate: GateRule | null, at: ValueAt, suite: Tolerable): Fault[] {
  return (gate?.tolerate ?? []).flatMap((entry, index) => {
    const path = [...at.path, 'tolerate', index];
    const [named, below] =
      typeof entry === 'string' ? [{ verdict: entry }, []] : [entry, ['verdict']];
    const problem = verdictProblem(named.verdict, suite);
    const faults = problem ? [faultAt(at.source, [...path, ...below], problem)] : [];
    for (const [key, message] of nameProblems(named, suite)) {
      faults.push(faultAt(at.source, [...path, key], message));
    }
    return faults;
  });
}

function nameProblems(
  { task, attack, agent }: Partial<Tolerance>,
  { tasks, attacks = [], agents }: Tolerable,
): [string, string][] {
  const asked = [
    ['task', task, tasks.map(({ id }) => id)],
    ['attack', attack, attacks.map(({ name }) => name)],
    ['agent', agent, agents.map(({ name }) => name)],
  ] as const;
  return asked.flatMap(([key, name, known]): [string, string][] => {
    if (name === undefined || known.some(wildcard(name))) return [];
    return [[key, `Tolerates violations of ${key} "${name}": ${didYouMean(name, known)}`]];
  });
}

/** Why a path names no verdict of the suite, null where it may name one. */
function verdictProblem(verdict: string, suite: Tolerable): string | null {
  const segments = verdict.split('.');
  const expected = expectationIn(segments);
  if (segments[0] === '*') return null;
  const tell = (known: readonly string[]) =>
    `Tolerates "${verdict}", which no verdict is: ${didYouMean(verdict, known)}`;
  if (expected !== undefined) {
    const known = suite.judges.map(({ key }) => key);
    const stem = segments.slice(0, segments.indexOf('expect') + 1).join('.');
    return expected === '*' || known.includes(expected)
      ? null
      : tell(known.map((key) => `${stem}.${key}`));
  }
  if (segments[0] === 'policy' && suite.policy) {
    const { approval_tool: _, on_violation: __, ...rules } = policySchema.shape;
    const known = Object.keys(rules);
    return segments[1] === '*' || known.includes(segments[1] ?? '')
      ? null
      : tell(known.map((key) => `policy.${key}`));
  }
  const goals = (suite.attacks ?? []).map(({ name }) => `attacks.${name}.goal`);
  if (goals.some((goal) => isGoal(goal, verdict, segments))) return null;
  return tell([...goals, ...(suite.policy ? ['policy.deny'] : []), 'expect.never']);
}

function isGoal(goal: string, verdict: string, [root, name, last]: readonly string[]): boolean {
  if (root === 'attacks' && name === '*') return last === 'goal' || last === '*';
  return verdict === goal || verdict.startsWith(`${goal}.`);
}

/** The expectation that a path names, undefined where it stands below none. */
function expectationIn(segments: readonly string[]): string | undefined {
  const [root, ...rest] = segments;
  if (root === 'expect') return rest[0] ?? '';
  if (root === 'suite' && rest[0] === 'expect') return rest[1] ?? '';
  if (root === 'conversation' && rest[1] === 'expect') return rest[2] ?? '';
  return undefined;
}
