import type { PageRun } from '../src/report/html/payload.ts';
import { shown } from './shown.ts';

const MOST_WARNINGS = 20;

/** Where the run comes from, and what was odd about it. */
export function RunFacts({ facts }: { readonly facts: PageRun['facts'] }) {
  const { git, labels, warnings } = facts;
  const lines: [string, string][] = [
    ['Run', facts.id],
    ['Status', facts.status],
    ['Started', timeText(facts.started_at)],
    ...(git.commit
      ? [['Commit', `${git.commit}${git.dirty ? ', with changes' : ''}`] as [string, string]]
      : []),
    ...(git.branch ? [['Branch', git.branch] as [string, string]] : []),
    ...Object.entries(labels),
    ['Seed', String(facts.seed)],
    ['agentops', facts.agentops_version],
  ];
  return (
    <section class="card" aria-labelledby="h-run">
      <h2 id="h-run">Run</h2>
      <dl class="facts">
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{shown(name)}</bdi>
            </dt>
            <dd>
              <bdi>{shown(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {warnings.length > 0 && (
        <>
          <h3>Warnings</h3>
          <ul>
            {warnings.slice(0, MOST_WARNINGS).map((warning) => (
              <li key={warning} dir="auto">
                {shown(warning)}
              </li>
            ))}
            {warnings.length > MOST_WARNINGS && <li>{warnings.length - MOST_WARNINGS} more</li>}
          </ul>
        </>
      )}
    </section>
  );
}

/** A moment as the reader's own clock says it. */
export function timeText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  return date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
