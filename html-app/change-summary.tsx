import type { DiffSummary } from '../src/model/diff.ts';
import { type ComparedRow, figureRow } from '../src/report/diff/compared-rows.ts';
import { countText } from '../src/report/figures.ts';
import type { PageReport } from '../src/report/html/payload.ts';
import { CHANGES } from './change-words.ts';
import { Coverage } from './coverage.tsx';
import { GateCard } from './gate-card.tsx';
import type { Page } from './page.ts';
import { RateChanges, RuleTable } from './rate-changes.tsx';
import { linkTo, type Route } from './route.ts';
import { Scroll } from './scroll.tsx';
import { shown } from './shown.ts';
import { SideNames } from './side-names.tsx';

/** What two runs differ in: the gate's answer, how many tasks changed, the figures, and what to beware of. */
export function ChangeSummary(props: {
  readonly page: Page;
  readonly route: Route;
  readonly comparison: NonNullable<PageReport['comparison']>;
}) {
  const { page, route, comparison } = props;
  const { diff, gate } = comparison;
  const isListed = page.changes.length > 0 || page.unlisted > 0 || isEmpty(diff);
  const rules = gate.rules.map(({ rule, reason }) => `${rule}: ${reason}`);
  return (
    <>
      <SideNames base={diff.base} head={diff.head} />
      <GateCard
        title="Comparison"
        status={gate.status}
        reasons={gate.reasons.length > 0 ? gate.reasons : rules}
      />
      <ul class="cards">
        {Object.entries(CHANGES).map(([key, { words, as }]) => {
          const count = diff.counts[key as keyof typeof CHANGES]; // the keys of that table
          if (count === 0 && key !== 'regressed' && key !== 'fixed') return null;
          return (
            <li key={key} class={`figure is-${as}`}>
              {page.changes.length > 0 ? (
                <a class="figure-name" href={linkTo(route, { view: 'changes', show: key })}>
                  {words}
                </a>
              ) : (
                <span class="figure-name">{words}</span>
              )}
              <span class="figure-value">{countText(count)}</span>
              <span class="faint">{count === 1 ? 'task' : 'tasks'}</span>
            </li>
          );
        })}
      </ul>
      <Coverage diff={diff} gate={gate} isListed={isListed} />
      <FigureTable diff={diff} />
      <RateChanges diff={diff} />
      <RuleTable gate={gate} />
      {diff.warnings.length > 0 && (
        <ul class="callout">
          {diff.warnings.map((warning) => (
            <li key={warning} dir="auto">
              {shown(warning)}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function isEmpty({ counts }: DiffSummary): boolean {
  return Object.keys(CHANGES).every((key) => counts[key as keyof typeof CHANGES] === 0); // the keys of that table
}

/** Each figure in both runs, with the difference and its interval, as the terminal writes them. */
function FigureTable({ diff }: { readonly diff: DiffSummary }) {
  if (diff.figures.length === 0) return null;
  const interval = `${Math.round(diff.level * 100)} % interval`;
  return (
    <section class="card" aria-labelledby="h-figures">
      <h2 id="h-figures">Figures</h2>
      <Scroll labelled="h-figures">
        <table>
          <thead>
            <tr>
              {['Figure', 'Base', 'Head', 'Difference', interval, 'Change', 'p', 'Reads'].map(
                (head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {diff.figures.map((figure) => (
              <FigureRow key={`${figure.key}${figure.k ?? ''}`} row={figureRow(figure)} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function FigureRow({ row }: { readonly row: ComparedRow }) {
  const { name, base, head, difference, interval, ratio, p, verdict } = row;
  return (
    <tr>
      <th scope="row">{name}</th>
      {[base, head, difference, interval, ratio, p].map((text, index) => (
        <td key={index} class="number">
          {text || '–'}
        </td>
      ))}
      <td class={`reads-${verdict ?? 'open'}`}>{verdict ?? 'not shown to differ'}</td>
    </tr>
  );
}
