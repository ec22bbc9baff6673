import { useRef } from 'preact/hooks';
import { counted } from '../src/report/figures.ts';
import type { TrialDetail } from '../src/report/html/payload.ts';
import { Absent } from './absent.tsx';
import { StatusBadge } from './badges.tsx';
import { CompareWith } from './compare-with.tsx';
import { filterTrials } from './filter-trials.ts';
import { Heading } from './heading.tsx';
import { type Page, type Trial, trialDetail } from './page.ts';
import { useOpened } from './return-focus.ts';
import { goTo, linkTo, type Route } from './route.ts';
import { shown } from './shown.ts';
import { Timeline, type TimelineHandle } from './timeline.tsx';
import { TrialFacts } from './trial-facts.tsx';
import { taskName } from './trial-names.ts';
import { useBlock } from './use-block.ts';
import { useKeys } from './use-keys.ts';
import { VerdictList } from './verdict-list.tsx';
import { WorldView } from './world-view.tsx';

/** One trial: what it is, what judges say, and what happened step by step. */
export function TrialView(props: {
  readonly page: Page;
  readonly route: Route;
  readonly trial: Trial;
}) {
  const { page, route, trial } = props;
  useOpened(trial.id);
  const found = useBlock(trial.id, () => trialDetail(trial));
  return (
    <article>
      <TrialNav page={page} route={route} trial={trial} />
      <Heading>
        <StatusBadge status={trial.status} /> <bdi>{taskName(trial.row)}</bdi>{' '}
        <span class="faint">trial {trial.trial}</span>
      </Heading>
      <CompareWith page={page} route={route} trial={trial} />
      {found === 'waiting' && <p role="status">The browser still reads the file…</p>}
      {found === 'absent' && <Absent page={page} id={trial.id} words={trial.words} />}
      {typeof found === 'object' && <TrialBody trial={trial} detail={found.data} />}
    </article>
  );
}

function TrialBody({ trial, detail }: { readonly trial: Trial; readonly detail: TrialDetail }) {
  const timeline = useRef<TimelineHandle>(null);
  const steps = detail.trajectory?.steps ?? null;
  const goTo = steps ? (step: number) => timeline.current?.goTo(step) : null;
  const { verdicts, reason, unjudged = [] } = detail;
  return (
    <>
      <TrialFacts row={trial.row} id={trial.id} detail={detail} />
      {reason && (
        <p class="callout" dir="auto">
          {shown(reason)}
        </p>
      )}
      <section aria-labelledby="verdicts">
        <h2 id="verdicts">{counted(verdicts.length, 'verdict')}</h2>
        <VerdictList verdicts={verdicts} goTo={goTo} />
        {unjudged.length > 0 && (
          <p class="callout">Not judged, as it went wrong before: {shown(unjudged.join(', '))}</p>
        )}
      </section>
      <section aria-labelledby="steps">
        <h2 id="steps">{steps ? counted(steps.length, 'step') : 'Steps'}</h2>
        {steps ? (
          <Timeline key={trial.id} steps={steps} verdicts={verdicts} handle={timeline} />
        ) : (
          <p>No trajectory was kept for this trial.</p>
        )}
      </section>
      <WorldView world={detail.trajectory?.world} />
    </>
  );
}

/** The way back to the list, and to the trials beside this one in it. */
function TrialNav({ page, route, trial }: Parameters<typeof TrialView>[0]) {
  const list = filterTrials(page, route);
  const at = list.findIndex(({ index }) => index === trial.index);
  const before = list[at - 1];
  const next = at === -1 ? undefined : list[at + 1];
  const up = linkTo(route, { view: 'trials' });
  const open = (other: Trial | undefined) => () => {
    if (!other) return false;
    goTo(linkTo(route, { trial: other.id }));
  };
  useKeys({ n: open(next), p: open(before), Escape: () => goTo(up) });
  return (
    <nav class="crumbs" aria-label="Trials">
      <a href={up}>← All trials</a>
      {before && <a href={linkTo(route, { trial: before.id })}>Previous</a>}
      {next && <a href={linkTo(route, { trial: next.id })}>Next</a>}
    </nav>
  );
}
