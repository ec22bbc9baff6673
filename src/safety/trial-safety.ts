import type { Attack, Canary } from '../model/attack.ts';
import type { ApprovalRule, Policy } from '../model/policy.ts';
import type { Suite } from '../model/suite.ts';
import { canaryTexts } from './flow/canary-texts.ts';

/** What a trial is held to and tempted with. */
export interface TrialSafety {
  /** null where the suite does not say what agents may do. */
  readonly policy: Policy | null;
  readonly approvals: readonly ApprovalRule[];
  /** null for the task alone. */
  readonly attack: Attack | null;
  readonly canaries: Readonly<Record<string, Canary>>;
  /** Texts that must never leave, by name. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Gathers it from a suite for trials with or without an attack; texts of canaries may be variables of the environment. */
export function safetyOf(
  suite: Suite,
  attack: string | null,
  environment: Readonly<Record<string, string | undefined>>,
): TrialSafety {
  const { policy = null, approvals = [], attacks = [], canaries = {} } = suite;
  return {
    policy,
    approvals,
    attack: attack === null ? null : attackNamed(attacks, attack),
    canaries,
    secrets: canaryTexts(canaries, environment),
  };
}

/** The attack of that name, null where there is none; they are sorted once, as a suite may have very many. */
export function attackNamed(attacks: readonly Attack[], name: string): Attack | null {
  const known = byName.get(attacks) ?? new Map(attacks.map((one) => [one.name, one]));
  byName.set(attacks, known);
  return known.get(name) ?? null;
}

const byName = new WeakMap<readonly Attack[], ReadonlyMap<string, Attack>>();
