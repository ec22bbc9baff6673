import type { Ref } from 'preact';
import { useCallback, useMemo } from 'preact/hooks';
import { countText, durationText, moneyText, scoreText } from '../src/report/figures.ts';
import { StatusBadge, Tag } from './badges.tsx';
import type { Trial } from './page.ts';
import { useReturn } from './return-focus.ts';
import { hrefOf, linkTo, type Route } from './route.ts';
import { shown } from './shown.ts';
import { taskName } from './trial-names.ts';
import { useListKeys } from './use-list-keys.ts';
import { useVirtual } from './use-virtual.ts';

const ROW_HEIGHT = 52;

/** A column of the table: its head, the sort that it offers, and the text of a trial in it. */
interface Column {
  readonly key: string;
  readonly head: string;
  readonly text: (trial: Trial) => string;
}

const FIGURES: readonly Column[] = [
  { key: 'score', head: 'Score', text: ({ score }) => scoreText(score, '–') },
  { key: 'calls', head: 'Calls', text: ({ calls }) => (calls === null ? '–' : countText(calls)) },
  { key: 'tokens', head: 'Tokens', text: ({ tokens }) => figure(tokens, countText) },
  { key: 'cost', head: 'Cost', text: ({ cost }) => figure(cost, moneyText) },
  { key: 'time', head: 'Time', text: ({ ms }) => figure(ms, durationText) },
];

function figure(value: number | null, words: (value: number) => string): string {
  return value === null ? '–' : words(value);
}

/** A table of trials as far as it is in sight, a link to each. */
export function TrialTable(props: { readonly trials: readonly Trial[]; readonly route: Route }) {
  const { trials, route } = props;
  const part = useVirtual(
    trials.length,
    useCallback(() => ROW_HEIGHT, []),
  );
  const goTo = useListKeys(trials.length, part);
  useReturn(() => trials.map(({ id }) => id), goTo);
  const columns = useMemo(() => FIGURES.filter((column) => isTold(column, trials)), [trials]);
  const several = new Set(trials.slice(0, 20_000).map(({ row }) => row.suite)).size > 1;
  return (
    <table class="trials" aria-label="Trials" aria-rowcount={trials.length + 1}>
      <thead>
        <tr aria-rowindex={1}>
          <SortHead name="grave" head="Status" route={route} />
          <SortHead name="task" head="Task" route={route} />
          <SortHead name="agent" head="Agent" route={route} />
          {columns.map(({ key, head }) => (
            <SortHead key={key} name={key} head={head} route={route} />
          ))}
        </tr>
      </thead>
      <tbody ref={part.list as Ref<HTMLTableSectionElement> /* the list is an element */}>
        <RoomRow height={part.before} />
        {part.items.map(({ index }) => {
          const trial = trials[index];
          const shared = { index, columns, route, several, measure: part.measure };
          return trial && <TrialRow key={trial.index} trial={trial} {...shared} />;
        })}
        <RoomRow height={part.behind} />
      </tbody>
    </table>
  );
}

function isTold({ text }: Column, trials: readonly Trial[]): boolean {
  return trials.some((trial) => text(trial) !== '–');
}

function RoomRow({ height }: { readonly height: number }) {
  return height > 0 ? (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus
    <tr class="room" aria-hidden="true" style={{ height: `${height}px` }} />
  ) : null;
}

function SortHead(props: { readonly name: string; readonly head: string; readonly route: Route }) {
  const { name, head, route } = props;
  const isOn = (route.sort === '' ? 'grave' : route.sort) === name;
  const sort = name === 'grave' ? '' : name;
  return (
    <th scope="col" class={`col-${name}`} aria-sort={isOn ? 'other' : undefined}>
      <a href={hrefOf({ ...route, sort })} title={`Sort by ${head.toLowerCase()}`}>
        {head}
        {isOn && <span aria-hidden="true"> ▾</span>}
      </a>
    </th>
  );
}

function TrialRow(props: {
  readonly trial: Trial;
  readonly index: number;
  readonly columns: readonly Column[];
  readonly route: Route;
  readonly several: boolean;
  readonly measure: (element: Element | null) => void;
}) {
  const { trial, index, columns, route, several, measure } = props;
  const { row, status, violated, changed, words } = trial;
  const href = route.pick
    ? linkTo(route, { trial: route.pick, with: trial.id })
    : linkTo(route, { trial: trial.id });
  return (
    <tr data-index={index} aria-rowindex={index + 2} ref={measure}>
      <td class="col-grave">
        <StatusBadge status={status} />
      </td>
      <td class="col-task">
        <div class="task-line">
          <a href={href}>
            <bdi>{taskName(row)}</bdi>
            {several && <bdi class="faint"> in {shown(row.suite)}</bdi>}
          </a>
          <span class="faint">#{trial.trial}</span>
          {violated && <Tag words="violation" kind="bad" />}
          {changed && <Tag words="changed" kind="new" />}
          {row.quarantine && <Tag words="quarantined" />}
        </div>
        <div class="words" dir="auto">
          {shown(words)}
        </div>
      </td>
      <td class="col-agent">
        <bdi>{shown(row.agent)}</bdi>
      </td>
      {columns.map(({ key, text }) => (
        <td key={key} class={`col-${key}`}>
          {text(trial)}
        </td>
      ))}
    </tr>
  );
}
