import type { GateStatus } from '../model/status.ts';

const ORDER = ['fail', 'error', 'inconclusive', 'pass'] as const;

/** The gravest status: a failure before an error before what is undecided; an error where there is none. */
export function worstStatus(statuses: Iterable<GateStatus>): GateStatus {
  const given = new Set(statuses);
  return ORDER.find((status) => given.has(status)) ?? 'error';
}
