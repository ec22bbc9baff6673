import { moneyText, percentage, scoreText } from '../src/report/figures.ts';
import type { HistoryPoint } from '../src/store/run-history.ts';
import { GateBadge } from './badges.tsx';
import { Name } from './name.tsx';
import { timeText } from './run-facts.tsx';
import { Scroll } from './scroll.tsx';
import { shown } from './shown.ts';

const MOST_POINTS = 60;
const MOST_ROWS = 10;

/** Pass rates of earlier runs of the same suites, this one the last; not there where nobody looked. */
export function HistoryPlot({ history }: { readonly history: readonly HistoryPoint[] }) {
  const points = history.slice(-MOST_POINTS);
  if (points.length < 2) return null;
  return (
    <section class="card" aria-labelledby="h-history">
      <h2 id="h-history">History</h2>
      <p class="faint">
        Pass rates of the last {points.length} runs of these suites, this one the last.
      </p>
      <div class="plot">
        <svg
          width="100%"
          height="140"
          role="img"
          aria-label="Pass rates by run, as the table below says"
        >
          {[0, 0.5, 1].map((rate) => (
            <g key={rate}>
              <line class="rail" x1="6%" x2="98%" y1={yOf(rate)} y2={yOf(rate)} />
              <text class="tick-text" x="0" y={yOf(rate)} dy="4">
                {percentage(rate, '')}
              </text>
            </g>
          ))}
          <Line points={points} />
          {points.map((point, at) => (
            <Point key={point.id} point={point} x={xOf(at, points.length)} />
          ))}
        </svg>
      </div>
      <HistoryTable points={points} />
    </section>
  );
}

const xOf = (at: number, count: number) => `${8 + (at / (count - 1)) * 88}%`;
const yOf = (rate: number) => `${8 + (1 - rate) * 84}%`;

/** Pieces of a line: SVG has no polyline in percent. */
function Line({ points }: { readonly points: readonly HistoryPoint[] }) {
  const known = points.flatMap(({ pass_rate }, at) =>
    pass_rate === null ? [] : [{ pass_rate, at }],
  );
  return (
    <>
      {known.slice(1).map(({ pass_rate, at }, index) => {
        const before = known[index];
        return (
          before && (
            <line
              key={at}
              class="trend"
              x1={xOf(before.at, points.length)}
              y1={yOf(before.pass_rate)}
              x2={xOf(at, points.length)}
              y2={yOf(pass_rate)}
            />
          )
        );
      })}
    </>
  );
}

function Point({ point, x }: { readonly point: HistoryPoint; readonly x: string }) {
  const { id, pass_rate, gate } = point;
  if (pass_rate === null) return null;
  return (
    <circle class={`dot gate-${gate ?? 'none'}`} cx={x} cy={yOf(pass_rate)} r="5">
      <title>{`${shown(id)}: ${percentage(pass_rate, '')}`}</title>
    </circle>
  );
}

function HistoryTable({ points }: { readonly points: readonly HistoryPoint[] }) {
  const latest = points.slice(-MOST_ROWS).reverse();
  return (
    <Scroll labelled="h-history">
      <table>
        <thead>
          <tr>
            {['Run', 'Started', 'Commit', 'Pass rate', 'Score', 'Cost', 'Gate'].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {latest.map(({ id, started_at, commit, pass_rate, score, cost_usd, gate }) => (
            <tr key={id}>
              <th scope="row">
                <Name text={id} />
              </th>
              <td>{shown(timeText(started_at))}</td>
              <td>
                <code>{shown(commit?.slice(0, 10) ?? '–')}</code>
              </td>
              <td class="number">{percentage(pass_rate, '–')}</td>
              <td class="number">{scoreText(score, '–')}</td>
              <td class="number">{cost_usd === null ? '–' : moneyText(cost_usd)}</td>
              <td>{gate ? <GateBadge status={gate} /> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
