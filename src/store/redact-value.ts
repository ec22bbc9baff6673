import type * as z from 'zod';
import { isObject } from '../json/object.ts';
import { GitState, Plan, PlanRow } from '../model/plan.ts';
import { GateResult, RowResult, RunSummary, Totals } from '../model/run.ts';
import { CallStatus, GateStatus, Status, Stop } from '../model/status.ts';
import * as record from '../model/trajectory.ts';
import { TrialResult } from '../model/trial-result.ts';
import { Verdict } from '../model/verdict.ts';

const SHAPES: readonly z.ZodObject[] = [
  ...[GitState, Plan, PlanRow, GateResult, RowResult, RunSummary, Totals, TrialResult, Verdict],
  ...[record.Trajectory, record.MessageStep, record.ToolCallStep, record.ToolResultStep],
  ...[record.ApprovalStep, record.HandoffStep, record.ModelStep],
];

/** Keys of our records. */
const OURS = new Set(SHAPES.flatMap((schema) => Object.keys(schema.shape)));

/** Keys under which data of others stands. */
const FOREIGN = words(
  'args args_raw argv blocked by content details error labels reason reasons result source warnings world',
);

/** Words of our records, which tell nobody a secret that happens to be one of them. */
const WORDS = new Set<string>([
  ...[...Status.options, ...Stop.options, ...CallStatus.options, ...GateStatus.options],
  ...words('message tool_call tool_result approval handoff model observed inferred any redacted'),
  ...words('user assistant system developer captured not_captured unparsable'),
  ...words('rule safety judge goal approve modify deny expire'),
]);

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

const DIGEST = /^[0-9a-f]{8,}$/;
const TIME_OR_RUN_ID = /^\d{4}-?\d{2}-?\d{2}[T-][\d:.-]+(Z|[0-9a-z]{6})?$/;

/** Rewrites the texts of a parsed record. What holds the record together stays: its keys, words, digests, times and figures. */
export function redactValue(value: unknown, redact: (text: string) => string): unknown {
  return walk(value, false, redact);
}

function walk(value: unknown, foreign: boolean, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return foreign ? redact(value) : ownText(value, redact);
  if (typeof value === 'number' && foreign) return figure(value, redact);
  if (Array.isArray(value)) return value.map((item) => walk(item, foreign, redact));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const name = !foreign && OURS.has(key) ? key : redact(key);
      return [name, walk(item, foreign || FOREIGN.has(key), redact)];
    }),
  );
}

function ownText(text: string, redact: (text: string) => string): string {
  if (WORDS.has(text)) return text;
  const redacted = redact(text);
  const isPart = redacted.length > 0 && !/^\[redacted:[^\]]*\]$/.test(redacted);
  return isPart && (DIGEST.test(text) || TIME_OR_RUN_ID.test(text)) ? text : redacted;
}

function figure(value: number, redact: (text: string) => string): unknown {
  const text = String(value);
  const redacted = redact(text);
  return /^\[redacted:[^\]]*\]$/.test(redacted) && redacted !== text ? redacted : value;
}
