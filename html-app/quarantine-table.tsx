import { countText } from '../src/report/figures.ts';
import type { PageRow } from '../src/report/html/payload.ts';
import { Name } from './name.tsx';
import type { Page } from './page.ts';
import { linkTo, type Route } from './route.ts';
import { Scroll } from './scroll.tsx';
import { shown } from './shown.ts';

const MOST_ROWS = 100;

/** Tasks in quarantine with their owner and the day on which they count again; not there without any. */
export function QuarantineTable({ page, route }: { readonly page: Page; readonly route: Route }) {
  const tasks = quarantined(page.rows);
  if (tasks.length === 0) return null;
  return (
    <section class="card" aria-labelledby="h-quarantine">
      <h2 id="h-quarantine">In quarantine</h2>
      <p class="faint">
        These are run and shown, and neither the gate nor the rates count them, but for violations.
      </p>
      <Scroll labelled="h-quarantine">
        <table>
          <thead>
            <tr>
              {['Task', 'Suite', 'Until', 'Owner', 'Reason'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tasks.slice(0, MOST_ROWS).map((row) => (
              <QuarantineRow key={keyOf(row)} row={row} route={route} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {tasks.length > MOST_ROWS && <p>{countText(tasks.length - MOST_ROWS)} more</p>}
    </section>
  );
}

function QuarantineRow({ row, route }: { readonly row: PageRow; readonly route: Route }) {
  const { task, suite, quarantine } = row;
  const filter = { view: 'trials', show: 'quarantined', suite, task: task ?? '' } as const;
  return (
    <tr>
      <th scope="row">
        <a href={linkTo(route, filter)}>
          <Name text={task ?? '(no task)'} />
        </a>
      </th>
      <td>
        <Name text={suite} />
      </td>
      <td>
        <Name text={quarantine?.until ?? ''} />
      </td>
      <td>
        <Name text={quarantine?.owner ?? ''} />
      </td>
      <td dir="auto">{shown(quarantine?.reason ?? '–')}</td>
    </tr>
  );
}

/** One row for each task: its agents and attacks are in quarantine with it. */
function quarantined(rows: readonly PageRow[]): PageRow[] {
  const tasks = new Map<string, PageRow>();
  for (const row of rows) {
    if (row.quarantine && !tasks.has(keyOf(row))) tasks.set(keyOf(row), row);
  }
  return [...tasks.values()];
}

function keyOf({ suite, task }: PageRow): string {
  return JSON.stringify([suite, task]);
}
