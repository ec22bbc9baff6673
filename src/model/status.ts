import * as z from 'zod';

/** Status of a trial, task or verdict: `error` could not be decided, `skip` was not to be run. */
export const Status = z.enum(['pass', 'fail', 'error', 'skip']);
export type Status = z.infer<typeof Status>;

/** How a trajectory ended; `null` where the source does not say. */
export const Stop = z.enum(['completed', 'limit', 'agent_error', 'terminated', 'interrupted']);
export type Stop = z.infer<typeof Stop>;

/** State of one call: `blocked` never ran, `unknown` has no result that tells. */
export const CallStatus = z.enum(['ok', 'failed', 'blocked', 'unknown']);
export type CallStatus = z.infer<typeof CallStatus>;

/** The gate's answer about a run. */
export const GateStatus = z.enum(['pass', 'fail', 'inconclusive', 'error']);
export type GateStatus = z.infer<typeof GateStatus>;
