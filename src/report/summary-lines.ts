import type { GateResult, RunSummary, Totals } from '../model/run.ts';
import type { GateStatus, Status } from '../model/status.ts';
import { blastText } from './blast-text.ts';
import { counted, countText, durationText, moneyText, percentage, scoreText } from './figures.ts';
import { gateWords } from './gate-words.ts';
import type { Ink } from './ink.ts';
import { wrap, wrapBehind } from './wrap.ts';

const MOST_REASONS = 20;

/** The status whose sign and colour the gate's answer takes. */
export const gateSigns = {
  pass: 'pass',
  fail: 'fail',
  inconclusive: 'error',
  error: 'error',
} satisfies Record<GateStatus, Status>;

/** Lines with the figures of a run: planned = pass + fail + error + skip, rates, cost and time. */
export function totalsLines(summary: RunSummary, ink: Ink): string[] {
  const { totals } = summary;
  const facts = [
    tallyText(totals),
    ...(totals.pass_rate === null ? [] : [`pass rate ${percentage(totals.pass_rate, '')}`]),
    ...(totals.score === null ? [] : [`score ${scoreText(totals.score, '')}`]),
    ...reliability(totals),
    ...(totals.cost_usd === null ? [] : [moneyText(totals.cost_usd)]),
    ...tokens(totals),
    ...judging(totals),
    ...took(summary),
  ];
  return wrap(facts.join(` ${ink.signs.dot} `), ink.width).map(ink.strong);
}

/** A line with what the calls of all trials did to the world, none where no trial says it or they did nothing. */
export function blastLine({ blast_radius }: Totals, ink: Ink): string[] {
  if (!blast_radius) return [];
  const none = { writes: 0, irreversible: 0, reversible: 0, external: 0, blocked: 0 };
  const text = blastText({ ...none, ...blast_radius, changed: null });
  return text === '' ? [] : wrapBehind('', `Effects: ${text}`, ink.width);
}

/** The gate's answer in words, with every reason. */
export function gateLines(gate: GateResult, ink: Ink): string[] {
  const words = gateWords[gate.status];
  const as = gateSigns[gate.status];
  const reasons = gate.reasons.slice(0, MOST_REASONS).map((reason) => ink.line(reason, 600));
  const left = gate.reasons.length - reasons.length;
  if (left > 0) reasons.push(`${ink.signs.ellipsis} ${left} more reasons`);
  const [only = ''] = reasons;
  const lines =
    reasons.length > 1
      ? [
          `${ink.signs[as]} ${words}:`,
          ...reasons.flatMap((reason) => wrapBehind('    ', reason, ink.width)),
        ]
      : wrapBehind(`${ink.signs[as]} `, only === '' ? words : `${words}: ${only}`, ink.width);
  return lines.map(ink.as[as]);
}

function tallyText({ planned, pass, fail, error, skip }: Totals): string {
  const parts = [`${countText(pass)} passed`, `${countText(fail)} failed`];
  if (error > 0) parts.push(`${countText(error)} in error`);
  if (skip > 0) parts.push(`${countText(skip)} skipped`);
  return `${counted(planned, 'trial')}: ${parts.join(', ')}`;
}

function reliability({ pass_hat_k }: Totals): string[] {
  const k = Math.max(1, ...Object.keys(pass_hat_k).map(Number));
  return k > 1 ? [`pass^${k} ${percentage(pass_hat_k[k] ?? null, '')}`] : [];
}

function tokens({ input_tokens, output_tokens }: Totals): string[] {
  if (input_tokens === null && output_tokens === null) return [];
  return [counted((input_tokens ?? 0) + (output_tokens ?? 0), 'token')];
}

/** What judges took, apart from the agents. */
function judging(totals: Totals): string[] {
  const {
    judge_cost_usd: cost = null,
    judge_input_tokens: read,
    judge_output_tokens: wrote,
  } = totals;
  if (read === undefined && wrote === undefined) return [];
  const used = counted((read ?? 0) + (wrote ?? 0), 'token');
  return [`judges ${cost === null ? used : `${moneyText(cost)}, ${used}`}`];
}

function took({ started_at, finished_at }: RunSummary): string[] {
  const ms = finished_at === null ? Number.NaN : Date.parse(finished_at) - Date.parse(started_at);
  return ms >= 0 ? [durationText(ms)] : [];
}
