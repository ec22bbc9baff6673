import type { Ref } from 'preact';
import { useMemo } from 'preact/hooks';
import type { TaskChange } from '../src/model/task-change.ts';
import { pText } from '../src/report/diff/compared-rows.ts';
import { counted, countText, percentage } from '../src/report/figures.ts';
import { Tag } from './badges.tsx';
import { agentPair, CHANGES, changeTags } from './change-words.ts';
import { Heading } from './heading.tsx';
import type { Page } from './page.ts';
import { useReturn } from './return-focus.ts';
import { Room } from './room.tsx';
import { goTo, hrefOf, linkTo, type Route } from './route.ts';
import { shown } from './shown.ts';
import { taskName } from './trial-names.ts';
import { useListKeys } from './use-list-keys.ts';
import { useVirtual } from './use-virtual.ts';

type Listed = readonly [index: number, change: TaskChange];

/** The tasks of a comparison, gravest change first. */
export function ChangesView({ page, route }: { readonly page: Page; readonly route: Route }) {
  const { changes, unlisted } = page;
  const listed = useMemo(() => listedChanges(changes, route), [changes, route.show, route.q]);
  return (
    <>
      <Heading>Changes</Heading>
      <search class="filters">
        <KindChips changes={changes} route={route} />
      </search>
      <p class="result-count" role="status">
        {counted(listed.length, 'task')}
        {unlisted > 0 && `; ${countText(unlisted)} unchanged ones are not in this file`}
      </p>
      {listed.length === 0 ? (
        <p class="callout">
          No task is like that. <a href={linkTo(route, { view: 'changes', show: '' })}>Show all</a>
        </p>
      ) : (
        <ChangeList listed={listed} route={route} />
      )}
    </>
  );
}

/** Without a choice, what changed; `all` shows the rest too. */
function listedChanges(changes: readonly TaskChange[], { show }: Route): Listed[] {
  const isChanged = ({ change, edited }: TaskChange) => change !== 'same' || edited === true;
  const all = [...changes.entries()];
  if (show === 'all') return all;
  if (!Object.hasOwn(CHANGES, show)) return all.filter(([, change]) => isChanged(change));
  return all.filter(([, { change }]) => change === show);
}

function KindChips(props: { readonly changes: readonly TaskChange[]; readonly route: Route }) {
  const { changes, route } = props;
  const counts = new Map<string, number>();
  for (const { change } of changes) counts.set(change, (counts.get(change) ?? 0) + 1);
  const kinds = Object.keys(CHANGES).filter((key) => counts.has(key));
  const chosen = Object.hasOwn(CHANGES, route.show) || route.show === 'all' ? route.show : '';
  return (
    <fieldset class="chips">
      <legend class="sr">Show</legend>
      {['', ...kinds, 'all'].map((key) => (
        <button
          key={key}
          type="button"
          class={chosen === key ? 'chip on' : 'chip'}
          aria-pressed={chosen === key}
          onClick={() => {
            goTo(hrefOf({ ...route, show: key }));
          }}
        >
          {key === '' ? 'What changed' : key}
          {counts.has(key) && <span class="count"> {countText(counts.get(key) ?? 0)}</span>}
        </button>
      ))}
    </fieldset>
  );
}

function ChangeList(props: { readonly listed: readonly Listed[]; readonly route: Route }) {
  const { listed, route } = props;
  const part = useVirtual(listed.length, () => 68);
  const goToItem = useListKeys(listed.length, part);
  useReturn(() => listed.map(([at]) => `change ${at}`), goToItem);
  return (
    <ol class="changes" ref={part.list as Ref<HTMLOListElement> /* the list is an element */}>
      <Room height={part.before} />
      {part.items.map(({ index }) => {
        const [at, change] = listed[index] ?? [];
        if (at === undefined || !change) return null;
        return (
          <li
            key={at}
            data-index={index}
            ref={part.measure}
            aria-setsize={listed.length}
            aria-posinset={index + 1}
          >
            <ChangeItem
              change={change}
              href={linkTo(route, { view: 'changes', change: `${at}` })}
            />
          </li>
        );
      })}
      <Room height={part.behind} />
    </ol>
  );
}

function ChangeItem({ change, href }: { readonly change: TaskChange; readonly href: string }) {
  const { words, sign, as } = CHANGES[change.change];
  const rate = (side: TaskChange['base']) => percentage(side?.pass_rate ?? null, '–');
  return (
    <div class="change">
      <span class={`badge is-${as}`}>
        <span aria-hidden="true">{sign}</span> {words}
      </span>
      <a href={href}>
        <bdi>{taskName(change)}</bdi>
      </a>
      <span class="faint">
        <bdi>{shown(change.suite)}</bdi>, <bdi>{shown(agentPair(change.agent))}</bdi>
      </span>
      {changeTags(change).map((tag) => (
        <Tag key={tag} words={tag} />
      ))}
      <span class="rate">
        {rate(change.base)} → {rate(change.head)}
        {change.p !== null && <span class="faint"> p {pText(change.p)}</span>}
      </span>
    </div>
  );
}
