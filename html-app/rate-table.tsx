import { countText, intervalText, percentage } from '../src/report/figures.ts';
import type { GroupRate } from '../src/report/html/payload.ts';
import { Name } from './name.tsx';
import { linkTo, type Route } from './route.ts';
import { Scroll } from './scroll.tsx';

/** Pass rates with their intervals by suite and agent: a picture in a table, each bar beside its figures. */
export function RateTable(props: { readonly rates: readonly GroupRate[]; readonly route: Route }) {
  const { rates, route } = props;
  if (rates.length === 0) return null;
  return (
    <section class="card" aria-labelledby="h-rates">
      <h2 id="h-rates">Pass rates</h2>
      <p class="faint">
        Of decided trials, with 95 % intervals; tasks are the clusters where they have several
        trials.
      </p>
      <Scroll labelled="h-rates">
        <table class="rates">
          <RateHead of="Suite" what="Passed" />
          <tbody>
            {rates.map((rate) => (
              <RateRow key={`${rate.suite}\n${rate.agent}`} rate={rate} route={route} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function RateRow({ rate, route }: { readonly rate: GroupRate; readonly route: Route }) {
  const { suite, agent, passed, decided, interval } = rate;
  const share = decided === 0 ? null : passed / decided;
  return (
    <tr>
      <th scope="row">
        <Name text={suite} />
      </th>
      <td>
        <a href={linkTo(route, { view: 'trials', suite, agent })}>
          <Name text={agent} />
        </a>
      </td>
      <td class="number">
        {countText(passed)}/{countText(decided)}
      </td>
      <td class="number">{percentage(share, '–')}</td>
      <td class="bar-cell">
        <RateBar share={share} interval={interval} />
      </td>
      <td class="number">{intervalText(interval, '–')}</td>
    </tr>
  );
}

/** Heads of a table of rates: what each is of, and what happened. */
export function RateHead({ of, what }: { readonly of: string; readonly what: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{of}</th>
        <th scope="col">Agent</th>
        <th scope="col">{what}</th>
        <th scope="col">Rate</th>
        <th scope="col" class="bar-head">
          <span class="sr">Picture, </span>0 %<span class="end">100 %</span>
        </th>
        <th scope="col">Interval</th>
      </tr>
    </thead>
  );
}

/** A rate as a point on a line from 0 to 1 with its interval; the figures stand beside it. */
export function RateBar(props: {
  readonly share: number | null;
  readonly interval: { readonly lower: number; readonly upper: number } | null;
}) {
  const { share, interval } = props;
  const at = (value: number) => `${(value * 100).toFixed(2)}%`;
  return (
    <svg class="rate-bar" width="100%" height="22" aria-hidden="true">
      <line class="rail" x1="0%" x2="100%" y1="11" y2="11" />
      {[0.25, 0.5, 0.75].map((tick) => (
        <line key={tick} class="tick" x1={at(tick)} x2={at(tick)} y1="6" y2="16" />
      ))}
      {interval && (
        <>
          <line class="interval" x1={at(interval.lower)} x2={at(interval.upper)} y1="11" y2="11" />
          <line class="cap" x1={at(interval.lower)} x2={at(interval.lower)} y1="6" y2="16" />
          <line class="cap" x1={at(interval.upper)} x2={at(interval.upper)} y1="6" y2="16" />
        </>
      )}
      {share !== null && <circle class="dot" cx={at(share)} cy="11" r="5" />}
    </svg>
  );
}
