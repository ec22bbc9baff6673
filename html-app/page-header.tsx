import { countText } from '../src/report/figures.ts';
import { GateBadge } from './badges.tsx';
import type { Page } from './page.ts';
import { linkTo, type Route } from './route.ts';
import { shown } from './shown.ts';

/** What stands on top of every view: what the page is about, and the way to its views. */
export function PageHeader({ page, route }: { readonly page: Page; readonly route: Route }) {
  const { run, comparison, title } = page.report;
  const gate = run?.gate ?? comparison?.gate;
  return (
    <header class="top">
      <button type="button" class="skip" onClick={skipToMain}>
        Skip to content
      </button>
      <div class="top-line">
        <span class="brand">agentops</span>
        <span class="title">
          <bdi>{shown(title)}</bdi>
        </span>
        {gate && <GateBadge status={gate.status} />}
      </div>
      <nav aria-label="Views">
        {viewsOf(page).map(({ view, label, count }) => (
          <a
            key={view}
            href={linkTo(route, { view })}
            aria-current={route.view === view ? 'page' : undefined}
          >
            {label}
            {count !== null && <span class="count">{countText(count)}</span>}
          </a>
        ))}
      </nav>
    </header>
  );
}

function viewsOf({ report, trials, changes }: Page) {
  const overview = { view: 'overview', label: 'Overview', count: null } as const;
  const trialsView = { view: 'trials', label: 'Trials', count: trials.length } as const;
  const changed = changes.filter(({ change }) => change !== 'same').length;
  const changesView = { view: 'changes', label: 'Changes', count: changed } as const;
  return [
    overview,
    ...(report.run ? [trialsView] : []),
    ...(changes.length > 0 ? [changesView] : []),
  ];
}

/** A button, not a link: the address names the view, so the jump is ours to make. */
function skipToMain(): void {
  const heading = document.querySelector<HTMLElement>('main h1');
  heading?.focus();
  heading?.scrollIntoView();
}
