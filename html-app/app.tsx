import { useLayoutEffect } from 'preact/hooks';
import { ChangeView } from './change-view.tsx';
import { ChangesView } from './changes-view.tsx';
import { headForSearch } from './heading.tsx';
import { keepScroll } from './keep-scroll.ts';
import { KeyHelp } from './key-help.tsx';
import { Overview } from './overview.tsx';
import { findTrial, type Page } from './page.ts';
import { PageHeader } from './page-header.tsx';
import { goTo, linkTo, type Route, useRoute } from './route.ts';
import { TrialView } from './trial-view.tsx';
import { TrialsView } from './trials-view.tsx';
import { TwoTrialsView } from './two-trials-view.tsx';
import { useKeys } from './use-keys.ts';

/** The whole page, which shows the view that the address names. */
export function App({ page }: { readonly page: Page }) {
  const route = useRoute();
  useLayoutEffect(() => keepScroll(viewKey(route)), [viewKey(route)]);
  useKeys({
    '/': () => {
      if (!page.report.run) return false;
      if (focusSearch()) return true;
      headForSearch();
      return goTo(linkTo(route, { view: 'trials' }));
    },
  });
  return (
    <>
      <PageHeader page={page} route={route} />
      <main id="main">
        <View key={viewKey(route)} page={page} route={route} />
      </main>
      <KeyHelp />
    </>
  );
}

function View({ page, route }: { readonly page: Page; readonly route: Route }) {
  const trial = findTrial(page, route.trial);
  const other = findTrial(page, route.with);
  const change = route.change === '' ? undefined : page.changes[Number(route.change)];
  if (trial && other) return <TwoTrialsView page={page} route={route} left={trial} right={other} />;
  if (trial) return <TrialView page={page} route={route} trial={trial} />;
  if (change) return <ChangeView page={page} route={route} change={change} />;
  if (route.view === 'trials' && page.report.run) return <TrialsView page={page} route={route} />;
  if (route.view === 'changes' && page.changes.length > 0) {
    return <ChangesView page={page} route={route} />;
  }
  return <Overview page={page} route={route} />;
}

/** What a view is about: filters change a view, they do not make another one. */
function viewKey({ view, trial, with: other, change }: Route): string {
  return [view, trial, other, change].join('\n');
}

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('#search');
  field?.focus();
  field?.select();
  return field !== null;
}
