import type { ComponentChildren } from 'preact';
import type { ComparisonGate } from '../src/model/comparison-gate.ts';
import type { DiffSummary } from '../src/model/diff.ts';
import { coverageTexts, detectableTexts, diffCommand } from '../src/report/diff/compared-words.ts';
import { counted, countText } from '../src/report/figures.ts';
import { shown } from './shown.ts';
import { taskName } from './trial-names.ts';

/** What was compared and what was not, with the names that the summary keeps, and how small a difference shows. */
export function Coverage(props: {
  readonly diff: DiffSummary;
  readonly gate: ComparisonGate;
  /** Whether the page lists the tasks one by one. */
  readonly isListed: boolean;
}) {
  const { diff, gate, isListed } = props;
  const texts = [...coverageTexts(diff, shown), ...detectableTexts(diff, gate, shown)];
  return (
    <section class="card" aria-labelledby="h-coverage">
      <h2 id="h-coverage">What was compared</h2>
      <ul>
        {texts.map((text) => (
          <li key={text} dir="auto">
            {text}
          </li>
        ))}
      </ul>
      <Missing diff={diff} />
      <Smaller diff={diff} />
      <Violations diff={diff} />
      {!isListed && <NotListed diff={diff} />}
    </section>
  );
}

/** Says that a stored run keeps what its comparison came to, and not each task. */
function NotListed({ diff }: { readonly diff: DiffSummary }) {
  const command = diffCommand(diff, shown);
  return (
    <p class="callout">
      A stored run keeps these figures of its comparison, not the tasks one by one, so they are not
      listed here{command === null ? '.' : ': '}
      {command !== null && (
        <>
          <code>{command} --reporter html=diff.html</code> lists them.
        </>
      )}
    </p>
  );
}

function Missing({ diff: { missing, counts } }: { readonly diff: DiffSummary }) {
  return (
    <Names words="missing in head" count={counts.missing} listed={missing.length}>
      {missing.map((row) => (
        <RowName key={JSON.stringify(row)} row={row} />
      ))}
    </Names>
  );
}

function Smaller({ diff: { smaller, counts } }: { readonly diff: DiffSummary }) {
  return (
    <Names words="with fewer decided trials in head" count={counts.smaller} listed={smaller.length}>
      {smaller.map((row) => (
        <RowName key={JSON.stringify(row)} row={row}>
          {countText(row.base)} → {countText(row.head)}
        </RowName>
      ))}
    </Names>
  );
}

function Violations({ diff: { violations } }: { readonly diff: DiffSummary }) {
  const count = violations.length;
  return (
    <Names words="with a violation in head" count={count} listed={count}>
      {violations.map((row) => (
        <RowName key={JSON.stringify(row)} row={row}>
          <bdi class="path">{shown(row.path)}</bdi> in {counted(row.trials, 'trial')}
          {row.in_base && ', and in base'}
        </RowName>
      ))}
    </Names>
  );
}

/** Tasks of one kind, folded; the summary keeps the first of many. */
function Names(props: {
  readonly words: string;
  readonly count: number;
  readonly listed: number;
  readonly children: ComponentChildren;
}) {
  const { words, count, listed, children } = props;
  if (listed === 0) return null;
  return (
    <details class="suite">
      <summary>
        {counted(count, 'task')} {words}
      </summary>
      <ul>
        {children}
        {count > listed && <li class="faint">and {countText(count - listed)} more</li>}
      </ul>
    </details>
  );
}

function RowName(props: {
  readonly row: DiffSummary['missing'][number];
  readonly children?: ComponentChildren;
}) {
  const { row, children } = props;
  return (
    <li>
      <bdi>{taskName(row)}</bdi>{' '}
      <span class="faint">
        <bdi>{shown(row.suite)}</bdi>, <bdi>{shown(row.agent)}</bdi>
      </span>{' '}
      {children}
    </li>
  );
}
