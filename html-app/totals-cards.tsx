import {
  countText,
  durationText,
  moneyText,
  percentage,
  scoreText,
} from '../src/report/figures.ts';
import type { PageRun } from '../src/report/html/payload.ts';
import type { Page } from './page.ts';
import { linkTo, type Route } from './route.ts';

interface Card {
  readonly name: string;
  readonly value: string;
  readonly more?: string;
  readonly kind?: string;
  /** What the list of trials shows, where the card leads to it. */
  readonly show?: string;
}

/** The figures of a run, each on a card; those about trials lead to them. */
export function TotalsCards(props: {
  readonly run: PageRun;
  readonly page: Page;
  readonly route: Route;
}) {
  const { run, page, route } = props;
  const cards = [...trialCards(run, page), ...figureCards(run)];
  return (
    <section aria-label="Figures">
      <ul class="cards">
        {cards.map(({ name, value, more, kind = '', show }) => (
          <li key={name} class={`figure ${kind}`}>
            {show === undefined ? (
              <span class="figure-name">{name}</span>
            ) : (
              <a class="figure-name" href={linkTo(route, { view: 'trials', show })}>
                {name}
              </a>
            )}
            <span class="figure-value">{value}</span>
            {more && <span class="faint">{more}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function trialCards({ totals }: PageRun, { trials, rows }: Page): Card[] {
  const violated = trials.filter((trial) => trial.violated).length;
  const quarantined = rows.filter(({ quarantine }) => quarantine !== undefined).length;
  const counts: (Card & { count: number; always?: true })[] = [
    {
      name: 'Passed',
      value: '',
      count: totals.pass,
      kind: 'is-pass',
      show: 'passed',
      always: true,
    },
    {
      name: 'Failed',
      value: '',
      count: totals.fail,
      kind: 'is-fail',
      show: 'failed',
      always: true,
    },
    { name: 'Errors', value: '', count: totals.error, kind: 'is-error', show: 'error' },
    { name: 'Skipped', value: '', count: totals.skip, kind: 'is-skip', show: 'skipped' },
    { name: 'Violations', value: '', count: violated, kind: 'is-fail', show: 'violations' },
    {
      name: 'Quarantined',
      value: '',
      count: quarantined,
      more: rowWords(quarantined),
      show: 'quarantined',
    },
  ];
  return counts
    .filter(({ count, always }) => always || count > 0)
    .map(({ count, always, ...card }) => ({
      ...card,
      value: countText(count),
      more: card.more ?? `of ${countText(totals.planned)} trials`,
    }));
}

function rowWords(count: number): string {
  return count === 1 ? 'task' : 'tasks';
}

function figureCards({ totals, facts }: PageRun): Card[] {
  const cards: Card[] = [];
  if (totals.pass_rate !== null) {
    cards.push({
      name: 'Pass rate',
      value: percentage(totals.pass_rate, ''),
      more: 'mean of the tasks',
    });
  }
  if (totals.score !== null) {
    cards.push({ name: 'Score', value: scoreText(totals.score, ''), more: 'mean of the tasks' });
  }
  const k = Math.max(1, ...Object.keys(totals.pass_hat_k).map(Number));
  const all = totals.pass_hat_k[k];
  if (k > 1 && all !== undefined) {
    cards.push({ name: `pass^${k}`, value: percentage(all, ''), more: `all of ${k} trials pass` });
  }
  if (totals.cost_usd !== null) {
    const judges = totals.judge_cost_usd;
    const more = typeof judges === 'number' ? `and judges ${moneyText(judges)}` : 'of the agents';
    cards.push({ name: 'Cost', value: moneyText(totals.cost_usd), more });
  }
  const tokens = (totals.input_tokens ?? 0) + (totals.output_tokens ?? 0);
  if (tokens > 0) cards.push({ name: 'Tokens', value: countText(tokens), more: 'in and out' });
  const took = facts.finished_at
    ? Date.parse(facts.finished_at) - Date.parse(facts.started_at)
    : -1;
  if (took >= 0) cards.push({ name: 'Took', value: durationText(took), more: 'from start to end' });
  return cards;
}
