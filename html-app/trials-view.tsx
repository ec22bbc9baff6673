import { useMemo } from 'preact/hooks';
import { counted, countText } from '../src/report/figures.ts';
import { leftOutWords } from './absent.tsx';
import { FilterBar } from './filter-bar.tsx';
import { filterTrials } from './filter-trials.ts';
import { Heading } from './heading.tsx';
import { findTrial, type Page } from './page.ts';
import { goTo, hrefOf, linkTo, type Route } from './route.ts';
import { taskName } from './trial-names.ts';
import { TrialTable } from './trial-table.tsx';
import { useKeys } from './use-keys.ts';

/** The trials of a run that the filters let through. */
export function TrialsView({ page, route }: { readonly page: Page; readonly route: Route }) {
  const { suite, agent, attack, task, show, q, sort } = route;
  const trials = useMemo(
    () => filterTrials(page, route),
    [page, suite, agent, attack, task, show, q, sort],
  );
  useKeys({ Escape: () => (isFiltered(route) ? goTo(clearOf(route)) : false) });
  const leftOut = page.report.run?.left_out;
  return (
    <>
      <Heading>Trials</Heading>
      <PickNote page={page} route={route} />
      <FilterBar page={page} route={route} />
      <p class="result-count" role="status">
        {trials.length === page.trials.length
          ? counted(trials.length, 'trial')
          : `${counted(trials.length, 'trial')} of ${countText(page.trials.length)}`}
      </p>
      {trials.length === 0 ? (
        <p class="callout">
          No trial is like that. <a href={clearOf(route)}>Clear the filters</a>
        </p>
      ) : (
        <TrialTable trials={trials} route={route} />
      )}
      {leftOut && (
        <p class="faint">The steps of some trials are left out: {leftOutWords(leftOut)}.</p>
      )}
    </>
  );
}

function isFiltered({ suite, agent, attack, task, show, q, pick }: Route): boolean {
  return [suite, agent, attack, task, show, q, pick].some((value) => value !== '');
}

function clearOf(route: Route): string {
  const none = { suite: '', agent: '', attack: '', task: '', show: '', q: '' };
  return linkTo(route, { view: 'trials', ...none });
}

/** Says that a trial is being chosen to stand beside another one. */
function PickNote({ page, route }: { readonly page: Page; readonly route: Route }) {
  const picked = findTrial(page, route.pick);
  if (!picked) return null;
  return (
    <p class="callout">
      Choose the trial to stand beside <bdi>{taskName(picked.row)}</bdi>, trial {picked.trial}.{' '}
      <a href={hrefOf({ ...route, pick: '' })}>Cancel</a>
    </p>
  );
}
