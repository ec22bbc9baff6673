import type { Step, Trajectory } from '../../model/trajectory.ts';

/** Counts by kind what an export cannot hold. */
export type Losses = Map<string, number>;

/** Notes things that are lost. */
export function lose(losses: Losses, kind: string, count = 1): void {
  if (count > 0) losses.set(kind, (losses.get(kind) ?? 0) + count);
}

const STEP_KEYS: Readonly<Record<string, readonly string[]>> = {
  message: ['type', 'role', 'content'],
  tool_call: ['type', 'id', 'tool', 'args', 'args_missing'],
  tool_result: ['type', 'id', 'tool', 'result', 'error', 'blocked'],
};

const KEY_KINDS: Readonly<Record<string, string>> = {
  at_ms: 'times',
  actor: 'actors',
  turn: 'turn numbers',
  parallel: 'parallel groups',
  origin: 'origins of steps',
  args_raw: 'arguments as raw text',
};

const TYPE_KINDS: Readonly<Record<string, string>> = {
  model: 'model steps',
  approval: 'approvals',
  handoff: 'handoffs',
};

/** Notes what of a step no eval set has a place for; tells whether anything of it is left. */
export function loseOfStep(step: Step, turn: number, losses: Losses): boolean {
  const keys = STEP_KEYS[step.type];
  if (keys === undefined) {
    lose(losses, TYPE_KINDS[step.type] ?? 'steps of other tools');
    return false;
  }
  for (const [key, value] of Object.entries(step)) {
    if (keys.includes(key) || value === undefined) continue;
    if (key === 'turn' && value === turn) continue; // its place says so
    lose(losses, KEY_KINDS[key] ?? 'other keys of steps');
  }
  if (step.type !== 'message') return true;
  if (step['role'] === 'user' || step['role'] === 'assistant') return true;
  lose(losses, 'messages of system or developer');
  return false;
}

const HEAD_KEYS = ['schema_version', 'task', 'agent', 'trial', 'steps', 'stop', 'calls'];
const HEAD_KINDS: Readonly<Record<string, string>> = {
  attack: 'attacks',
  labels: 'labels',
  world: 'final worlds',
  limit: 'ceilings that were reached',
  suite: 'names of suites',
  source: 'sources of records',
};

/** Notes what of a record as a whole no eval set has a place for. */
export function loseOfHead(trajectory: Trajectory, losses: Losses): void {
  if (trajectory.stop !== 'completed') lose(losses, 'ends other than completed');
  if (trajectory.trial !== 1) lose(losses, 'trial numbers');
  for (const [key, value] of Object.entries(trajectory)) {
    if (HEAD_KEYS.includes(key) || value === undefined || value === null) continue;
    lose(losses, HEAD_KINDS[key] ?? 'other keys of records');
  }
}
