import { useEffect, useRef } from 'preact/hooks';
import { countText } from '../src/report/figures.ts';
import { CHOICES, countChoices, NO_ATTACK } from './filter-trials.ts';
import { cameForSearch } from './heading.tsx';
import type { Page } from './page.ts';
import { goTo, hrefOf, type Route, replaceRoute } from './route.ts';
import { shown } from './shown.ts';

/** Search and filters of the list of trials; all of them stand in the address. */
export function FilterBar({ page, route }: { readonly page: Page; readonly route: Route }) {
  const names = (key: 'suite' | 'agent') => [...new Set(page.rows.map((row) => row[key]))];
  const attacks = [...new Set(page.rows.map(({ attack }) => attack ?? NO_ATTACK))];
  return (
    <search class="filters">
      <SearchField route={route} />
      <Choice label="Suite" name="suite" route={route} options={names('suite')} />
      <Choice label="Agent" name="agent" route={route} options={names('agent')} />
      <Choice label="Attack" name="attack" route={route} options={attacks} />
      <QuickChoices page={page} route={route} />
      {route.task !== '' && (
        <a class="chip on" href={hrefOf({ ...route, task: '' })}>
          <bdi>task {shown(route.task)}</bdi> <span aria-hidden="true">×</span>
          <span class="sr">, remove this filter</span>
        </a>
      )}
    </search>
  );
}

function SearchField({ route }: { readonly route: Route }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (cameForSearch()) field.current?.focus();
  }, []);
  useEffect(() => {
    const input = field.current;
    // What a person types runs ahead of the address
    if (input && document.activeElement !== input) input.value = route.q;
  }, [route.q]);
  return (
    <label class="search">
      <span class="sr">Search tasks, agents and reasons</span>
      <input
        ref={field}
        id="search"
        type="search"
        placeholder="Search tasks, agents, reasons ( / )"
        defaultValue={route.q}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => replaceRoute({ ...route, q: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </label>
  );
}

/** One of some names; not there where there is no choice. */
function Choice(props: {
  readonly label: string;
  readonly name: 'suite' | 'agent' | 'attack';
  readonly route: Route;
  readonly options: readonly string[];
}) {
  const { label, name, route, options } = props;
  if (options.length < 2) return null;
  return (
    <label class="choice">
      <span>{label}</span>
      <select
        value={route[name]}
        onChange={(event) => {
          goTo(hrefOf({ ...route, [name]: event.currentTarget.value }));
        }}
      >
        <option value="">all</option>
        {options.map((option) => (
          <option key={option} value={option}>
            {shown(option)}
          </option>
        ))}
      </select>
    </label>
  );
}

function QuickChoices({ page, route }: { readonly page: Page; readonly route: Route }) {
  const counts = countChoices(page, route);
  const entries = [['', 'All'], ...Object.entries(CHOICES).map(([key, { label }]) => [key, label])];
  return (
    <fieldset class="chips">
      <legend class="sr">Show</legend>
      {entries.map(([key = '', label = '']) => {
        const count = counts.get(key) ?? 0;
        const isOn = route.show === key;
        if (count === 0 && key !== '' && !isOn) return null;
        return (
          <button
            key={key}
            type="button"
            class={isOn ? 'chip on' : 'chip'}
            aria-pressed={isOn}
            onClick={() => {
              goTo(hrefOf({ ...route, show: key }));
            }}
          >
            {label} <span class="count">{countText(count)}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
