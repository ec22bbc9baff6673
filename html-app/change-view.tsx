import type { TaskChange } from '../src/model/task-change.ts';
import type { PagePair } from '../src/report/html/payload.ts';
import { Absent } from './absent.tsx';
import { Tag } from './badges.tsx';
import { agentPair, CHANGES, changeTags } from './change-words.ts';
import { CompareView } from './compare-view.tsx';
import type { Compared, ComparedPair } from './compared.ts';
import { Heading } from './heading.tsx';
import { changePair, findTrial, type Page, trialDetail } from './page.ts';
import { useOpened } from './return-focus.ts';
import { goTo, linkTo, type Route } from './route.ts';
import { shown } from './shown.ts';
import { taskName } from './trial-names.ts';
import { useBlock } from './use-block.ts';
import { useKeys } from './use-keys.ts';

/** One changed task: the two trials that tell its change best, side by side. */
export function ChangeView(props: {
  readonly page: Page;
  readonly route: Route;
  readonly change: TaskChange;
}) {
  const { page, route, change } = props;
  const index = Number(route.change);
  useOpened(`change ${index}`);
  const found = useBlock(route.change, () => pairOf(page, changePair(index)));
  const up = linkTo(route, { view: 'changes' });
  const open = (other: number) => () => {
    if (!page.changes[other]) return false;
    goTo(linkTo(route, { change: String(other) }));
  };
  useKeys({
    n: open(index + 1),
    p: open(index - 1),
    Escape: () => {
      goTo(up);
    },
  });
  const { sign, words, as } = CHANGES[change.change];
  return (
    <article>
      <nav class="crumbs" aria-label="Changes">
        <a href={up}>← All changes</a>
        {page.changes[index - 1] && (
          <a href={linkTo(route, { change: `${index - 1}` })}>Previous</a>
        )}
        {page.changes[index + 1] && <a href={linkTo(route, { change: `${index + 1}` })}>Next</a>}
      </nav>
      <Heading>
        <span class={`badge is-${as}`}>
          <span aria-hidden="true">{sign}</span> {words}
        </span>{' '}
        <bdi>{taskName(change)}</bdi>
      </Heading>
      <p>
        <bdi>{shown(change.suite)}</bdi>, <bdi>{shown(agentPair(change.agent))}</bdi>:{' '}
        {sideWords(change.base)} → {sideWords(change.head)}{' '}
        {changeTags(change).map((tag) => (
          <Tag key={tag} words={tag} />
        ))}
      </p>
      {found === 'waiting' && <p role="status">The browser still reads the file…</p>}
      {found === 'absent' && <Absent page={page} id={change.trials.head ?? ''} />}
      {typeof found === 'object' && <CompareView {...found.data} />}
    </article>
  );
}

function sideWords(side: TaskChange['base']): string {
  if (side === null) return 'no such task';
  return `${side.passed} of ${side.passed + side.failed} trials passed`;
}

/** The trials of a pair; one that the page lists is taken from there. */
function pairOf(page: Page, pair: PagePair | null): ComparedPair | null {
  if (pair === null) return null;
  const head = typeof pair.head === 'string' ? listedSide(page, pair.head) : pair.head;
  if (head === undefined) return null;
  return {
    base: pair.base && { ...pair.base, label: 'Base' },
    head: head && { ...head, label: 'Head' },
  };
}

/** A trial of the list; undefined where its details are not there. */
function listedSide(page: Page, id: string): Omit<Compared, 'label'> | undefined {
  const trial = findTrial(page, id);
  const detail = trial && trialDetail(trial);
  return detail ? { id, agent: trial.row.agent, trial: trial.trial, detail } : undefined;
}
