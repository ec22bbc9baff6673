import type { FigureChange } from '../src/model/diff.ts';
import { counted } from '../src/report/figures.ts';
import type { PageReport } from '../src/report/html/payload.ts';
import { CHANGES } from './change-words.ts';
import { differenceText, figureName, figureText, leaning } from './figure-text.ts';
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
              <span class="figure-value">{count}</span>
              <span class="faint">tasks</span>
            </li>
          );
        })}
      </ul>
      <FigureTable figures={diff.figures} compared={diff.counts.compared} level={diff.level} />
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

/** Each figure in both runs, with the difference and its interval. */
function FigureTable(props: {
  readonly figures: readonly FigureChange[];
  readonly compared: number;
  readonly level: number;
}) {
  const { figures, compared, level } = props;
  if (figures.length === 0) return null;
  return (
    <section class="card" aria-labelledby="h-figures">
      <h2 id="h-figures">Figures</h2>
      <p class="faint">
        Over {counted(compared, 'compared task')}; intervals at {Math.round(level * 100)} %.
      </p>
      <Scroll labelled="h-figures">
        <table>
          <thead>
            <tr>
              {['Figure', 'Base', 'Head', 'Difference', 'Interval', 'p', 'Reads'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {figures.map((figure) => (
              <FigureRow key={`${figure.key}${figure.k ?? ''}`} figure={figure} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

const READS = { better: 'better', worse: 'worse', open: 'not shown to differ' } as const;

function FigureRow({ figure }: { readonly figure: FigureChange }) {
  const { base, head, difference, interval, p } = figure;
  const reads = leaning(figure);
  const bounds = interval
    ? `${differenceText(figure, interval.lower)} to ${differenceText(figure, interval.upper)}`
    : '–';
  return (
    <tr>
      <th scope="row">{figureName(figure)}</th>
      <td class="number">{figureText(figure, base)}</td>
      <td class="number">{figureText(figure, head)}</td>
      <td class="number">{differenceText(figure, difference)}</td>
      <td class="number">{bounds}</td>
      <td class="number">{p === null ? '–' : p < 0.001 ? '<0.001' : p.toFixed(3)}</td>
      <td class={`reads-${reads}`}>{READS[reads]}</td>
    </tr>
  );
}
