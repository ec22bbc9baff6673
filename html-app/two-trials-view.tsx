import { Absent } from './absent.tsx';
import { CompareView } from './compare-view.tsx';
import type { Compared, ComparedPair } from './compared.ts';
import { Heading } from './heading.tsx';
import { type Page, type Trial, trialDetail } from './page.ts';
import { goTo, linkTo, type Route } from './route.ts';
import { taskName } from './trial-names.ts';
import { useBlock } from './use-block.ts';
import { useKeys } from './use-keys.ts';

/** Any two trials of a run side by side. */
export function TwoTrialsView(props: {
  readonly page: Page;
  readonly route: Route;
  readonly left: Trial;
  readonly right: Trial;
}) {
  const { page, route, left, right } = props;
  const found = useBlock(`${left.id} ${right.id}`, () => bothOf(left, right));
  const up = linkTo(route, { trial: left.id });
  useKeys({
    Escape: () => {
      goTo(up);
    },
  });
  return (
    <article>
      <nav class="crumbs" aria-label="Trials">
        <a href={up}>← Left trial</a>
        <a href={linkTo(route, { trial: right.id })}>Right trial</a>
        <a href={linkTo(route, { trial: right.id, with: left.id })}>Swap</a>
      </nav>
      <Heading>
        <bdi>{taskName(left.row)}</bdi>
        {taskName(left.row) !== taskName(right.row) && (
          <>
            {' '}
            and <bdi>{taskName(right.row)}</bdi>
          </>
        )}
      </Heading>
      {found === 'waiting' && <p role="status">The browser still reads the file…</p>}
      {found === 'absent' && <Absent page={page} id={trialDetail(left) ? right.id : left.id} />}
      {typeof found === 'object' && <CompareView {...found.data} />}
    </article>
  );
}

function bothOf(left: Trial, right: Trial): ComparedPair | null {
  const [base, head] = [sideOf(left, 'Left'), sideOf(right, 'Right')];
  return base && head ? { base, head } : null;
}

function sideOf({ id, row, trial, ...rest }: Trial, label: string): Compared | null {
  const detail = trialDetail({ id, row, trial, ...rest });
  return detail && { label, id, agent: row.agent, trial, detail };
}
