import type { Page, Trial } from './page.ts';
import { goTo, hrefOf, linkTo, type Route } from './route.ts';
import { shown } from './shown.ts';

const MOST_OFFERED = 200;

/** Leads to this trial and another one side by side: of the same task, or any other one from the list. */
export function CompareWith(props: {
  readonly page: Page;
  readonly route: Route;
  readonly trial: Trial;
}) {
  const { page, route, trial } = props;
  const others = page.trials
    .filter((other) => other.index !== trial.index && isSameTask(other, trial))
    .slice(0, MOST_OFFERED);
  const choose = (event: Event) => {
    const { value } = event.currentTarget as HTMLSelectElement; // it is the element's own event
    if (value !== '') goTo(hrefOf({ ...route, with: value }));
  };
  return (
    <p class="compare-with">
      {others.length > 0 && (
        <label>
          Compare with{' '}
          <select onChange={choose} value="">
            <option value="">a trial of this task…</option>
            {others.map((other) => (
              <option key={other.id} value={other.id}>
                {nameOf(other)}
              </option>
            ))}
          </select>
        </label>
      )}
      <a href={linkTo(route, { view: 'trials', pick: trial.id, q: '', task: '', show: '' })}>
        {others.length > 0 ? 'or any other trial' : 'Compare with another trial'}
      </a>
    </p>
  );
}

function isSameTask(a: Trial, b: Trial): boolean {
  return a.row.task === b.row.task && a.row.suite === b.row.suite;
}

function nameOf({ row, trial, status }: Trial): string {
  const attack = row.attack === null ? '' : `, under ${shown(row.attack)}`;
  return `${shown(row.agent)}, trial ${trial}${attack}: ${status}`;
}
