import type { GateStatus, Status } from '../src/model/status.ts';
import { gateWords } from '../src/report/gate-words.ts';

const SIGNS = { pass: '✓', fail: '✗', error: '!', skip: '–' } satisfies Record<Status, string>;

const WORDS = { pass: 'passed', fail: 'failed', error: 'error', skip: 'skipped' } satisfies Record<
  Status,
  string
>;

/** A status as a sign and a word, so that colour says nothing alone. */
export function StatusBadge({ status }: { readonly status: Status }) {
  return (
    <span class={`badge is-${status}`}>
      <span aria-hidden="true">{SIGNS[status]}</span> {WORDS[status]}
    </span>
  );
}

const GATE_SIGNS = {
  pass: '✓',
  fail: '✗',
  inconclusive: '?',
  error: '!',
} satisfies Record<GateStatus, string>;

/** A gate's answer. */
export function GateBadge({ status }: { readonly status: GateStatus }) {
  return (
    <span class={`badge gate is-${status}`}>
      <span aria-hidden="true">{GATE_SIGNS[status]}</span> {gateWords[status]}
    </span>
  );
}

/** A short remark beside a name. */
export function Tag({ words, kind = '' }: { readonly words: string; readonly kind?: string }) {
  return <span class={`tag ${kind}`}>{words}</span>;
}
