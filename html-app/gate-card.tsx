import { useState } from 'preact/hooks';
import type { GateStatus } from '../src/model/status.ts';
import { GateBadge } from './badges.tsx';
import { shown } from './shown.ts';

const MOST_REASONS = 8;

/** The gate's answer with its reasons. */
export function GateCard(props: {
  readonly title: string;
  readonly status: GateStatus;
  readonly reasons: readonly string[];
}) {
  const { title, status, reasons } = props;
  const [all, setAll] = useState(false);
  const kept = all ? reasons : reasons.slice(0, MOST_REASONS);
  return (
    <section class={`card gate-card is-${status}`} aria-label={title}>
      <h2>
        {title} <GateBadge status={status} />
      </h2>
      {reasons.length > 0 && (
        <ul>
          {kept.map((reason) => (
            <li key={reason} dir="auto">
              {shown(reason)}
            </li>
          ))}
        </ul>
      )}
      {kept.length < reasons.length && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          {reasons.length - kept.length} more reasons
        </button>
      )}
    </section>
  );
}
