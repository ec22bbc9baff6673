import { useMemo } from 'preact/hooks';
import { moneyText, scoreText } from '../src/report/figures.ts';
import { type CostPoint, costPoints } from './cost-points.ts';
import { Name } from './name.tsx';
import type { Page } from './page.ts';
import { linkTo, type Route } from './route.ts';
import { Scroll } from './scroll.tsx';
import { shown } from './shown.ts';

const COLOURS = 6;

/** Cost of a trial against its score: up and to the left is good. Not there where no cost is known. */
export function CostPlot({ page, route }: { readonly page: Page; readonly route: Route }) {
  const { groups, tasks } = useMemo(() => costPoints(page), [page]);
  if (groups.every(({ cost }) => cost === 0)) return null;
  const most = Math.max(...groups.map(({ cost }) => cost), ...tasks.map(({ cost }) => cost)) * 1.08;
  const agents = [...new Set(groups.map(({ agent }) => agent))];
  return (
    <section class="card" aria-labelledby="h-cost">
      <h2 id="h-cost">Cost and score</h2>
      <p class="faint">
        Means of a trial: the higher and the further left, the better.
        {tasks.length > 0 && ' Small dots are tasks.'}
      </p>
      <div class="plot">
        <svg
          width="100%"
          height="240"
          role="img"
          aria-label="Cost against score, as the table below says"
        >
          <Axes most={most} />
          {tasks.map((point, index) => (
            <Dot key={index} {...{ point, most, agents }} size={3} />
          ))}
          {groups.map((point, index) => (
            <Dot key={index} {...{ point, most, agents }} size={8} />
          ))}
        </svg>
      </div>
      <Scroll labelled="h-cost">
        <table class="rates">
          <thead>
            <tr>
              <th scope="col">Agent</th>
              <th scope="col">Suite</th>
              <th scope="col">Cost of a trial</th>
              <th scope="col">Score</th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ suite, agent, cost, score }) => (
              <tr key={`${suite}\n${agent}`}>
                <th scope="row">
                  <svg width="12" height="12" aria-hidden="true">
                    <circle
                      class={`dot series-${agents.indexOf(agent) % COLOURS}`}
                      cx="6"
                      cy="6"
                      r="5"
                    />
                  </svg>{' '}
                  <a href={linkTo(route, { view: 'trials', suite, agent })}>
                    <Name text={agent} />
                  </a>
                </th>
                <td>
                  <Name text={suite} />
                </td>
                <td class="number">{moneyText(cost)}</td>
                <td class="number">{scoreText(score, '–')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** Room of the axes at the left and at the bottom, in percent. */
const LEFT = 6;
const BOTTOM = 12;
const TOP = 5;

const xOf = (cost: number, most: number) => `${LEFT + (cost / most) * (100 - LEFT - 2)}%`;
const yOf = (score: number) => `${TOP + (1 - score) * (100 - BOTTOM - TOP)}%`;

function Axes({ most }: { readonly most: number }) {
  return (
    <>
      {[0, 0.5, 1].map((score) => (
        <g key={score}>
          <line class="rail" x1={`${LEFT}%`} x2="98%" y1={yOf(score)} y2={yOf(score)} />
          <text class="tick-text" x="0" y={yOf(score)} dy="4">
            {score.toFixed(1)}
          </text>
        </g>
      ))}
      {[0, 0.5, 1].map((share) => (
        <text
          key={share}
          class="tick-text"
          x={xOf(share * most, most)}
          y="98%"
          text-anchor={share === 1 ? 'end' : share === 0 ? 'start' : 'middle'}
        >
          {moneyText(share * most)}
        </text>
      ))}
    </>
  );
}

function Dot(props: {
  readonly point: CostPoint;
  readonly most: number;
  readonly agents: readonly string[];
  readonly size: number;
}) {
  const { point, most, agents, size } = props;
  const { agent, task, cost, score } = point;
  const series = agents.indexOf(agent) % COLOURS;
  const name = size > 3 || task === null ? shown(agent) : `${shown(task)} by ${shown(agent)}`;
  return (
    <circle
      class={`dot series-${series} ${size > 3 ? '' : 'small'}`}
      cx={xOf(cost, most)}
      cy={yOf(score)}
      r={size}
    >
      <title>{`${name}: ${moneyText(cost)}, score ${scoreText(score, '–')}`}</title>
    </circle>
  );
}
