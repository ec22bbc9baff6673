import { useState } from 'preact/hooks';
import { groupBy } from '../src/json/group-by.ts';
import { counted, countText } from '../src/report/figures.ts';
import type { PageRow } from '../src/report/html/payload.ts';
import { NO_ATTACK } from './filter-trials.ts';
import { Name } from './name.tsx';
import type { Page } from './page.ts';
import { linkTo, type Route } from './route.ts';
import { Scroll } from './scroll.tsx';
import { shown } from './shown.ts';

const MOST_TASKS = 25;
const MOST_SHOWN = 1000;
const MOST_COLUMNS = 24;
const MOST_NAMED = 10;
const MOST_SUITES = 50;

interface Column {
  readonly agent: string;
  readonly attack: string | null;
}

/** Tasks against agents and attacks, coloured by how many trials passed: a table for each suite, those with failures open. */
export function HeatMap({ page, route }: { readonly page: Page; readonly route: Route }) {
  const suites = [...groupBy(page.rows, ({ suite }) => suite)];
  if (suites.length === 0) return null;
  return (
    <section class="card" aria-labelledby="h-heat">
      <h2 id="h-heat">Tasks</h2>
      <p class="faint">Trials that passed, of those that were decided; the worst tasks first.</p>
      {suites.slice(0, MOST_SUITES).map(([suite, rows]) => (
        <SuiteMap key={suite} suite={suite} rows={rows} route={route} />
      ))}
      {suites.length > MOST_SUITES && <p>{suites.length - MOST_SUITES} more suites</p>}
    </section>
  );
}

function SuiteMap(props: {
  readonly suite: string;
  readonly rows: readonly PageRow[];
  readonly route: Route;
}) {
  const { suite, rows, route } = props;
  const [most, setMost] = useState(MOST_TASKS);
  const every = columnsOf(rows);
  const columns = every.slice(0, MOST_COLUMNS);
  const tasks = [...groupBy(rows, ({ task }) => task).values()]
    .map((same) => ({ same, rate: rateOf(same) }))
    .sort((a, b) => a.rate - b.rate);
  const good = tasks.filter(({ rate }) => rate === 1).length;
  return (
    <details class="suite" open={good < tasks.length || rows.length <= MOST_TASKS * 4}>
      <summary>
        <bdi>{shown(suite)}</bdi>{' '}
        <span class="faint">
          {countText(good)} of {counted(tasks.length, 'task')} passed throughout
        </span>
      </summary>
      <Scroll labelled="h-heat">
        <table class="heat">
          <HeatHead columns={columns} />
          <tbody>
            {tasks.slice(0, most).map(({ same }) => (
              <HeatRow key={same[0]?.task} {...{ rows: same, columns, route }} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <MoreColumns left={every.slice(MOST_COLUMNS)} />
      {tasks.length > most && (
        <p>
          {countText(tasks.length - most)} more tasks.{' '}
          {most < MOST_SHOWN && (
            <button type="button" class="quiet" onClick={() => setMost(MOST_SHOWN)}>
              Show up to {countText(MOST_SHOWN)}
            </button>
          )}
        </p>
      )}
    </details>
  );
}

/** Says which agents and attacks have no column. */
function MoreColumns({ left }: { readonly left: readonly Column[] }) {
  if (left.length === 0) return null;
  const names = left
    .slice(0, MOST_NAMED)
    .map(({ agent, attack }) => (attack === null ? agent : `${agent} under ${attack}`));
  const more = left.length > MOST_NAMED ? ', …' : '';
  return (
    <p class="faint" dir="auto">
      {counted(left.length, 'more column')} without room here: {shown(names.join(', '))}
      {more}
    </p>
  );
}

function HeatHead({ columns }: { readonly columns: readonly Column[] }) {
  return (
    <thead>
      <tr>
        <th scope="col">Task</th>
        {columns.map(({ agent, attack }) => (
          <th key={`${agent}\n${attack}`} scope="col">
            <Name text={agent} />
            {attack !== null && (
              <span class="faint">
                {' '}
                under <Name text={attack} />
              </span>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function HeatRow(props: {
  readonly rows: readonly PageRow[];
  readonly columns: readonly Column[];
  readonly route: Route;
}) {
  const { rows, columns, route } = props;
  const { task = null, suite = '' } = rows[0] ?? {};
  return (
    <tr>
      <th scope="row">
        <Name text={task ?? '(no task)'} />
      </th>
      {columns.map(({ agent, attack }) => {
        const row = rows.find((each) => each.agent === agent && each.attack === attack);
        const filter = { view: 'trials', suite, task: task ?? '', agent } as const;
        const href = linkTo(route, { ...filter, attack: attack ?? NO_ATTACK });
        return <HeatCell key={`${agent}\n${attack}`} row={row} href={href} />;
      })}
    </tr>
  );
}

function HeatCell({ row, href }: { readonly row: PageRow | undefined; readonly href: string }) {
  if (!row) return <td class="heat-none">–</td>;
  const decided = row.passed + row.failed;
  if (decided === 0) {
    return (
      <td class="heat-none">
        <a href={href}>{row.status === 'skip' ? 'skipped' : row.status}</a>
      </td>
    );
  }
  return (
    <td class={`heat-${Math.floor((row.passed / decided) * 5)}`}>
      <a href={href}>
        {row.passed}/{decided}
        {row.quarantine && (
          <>
            <span aria-hidden="true"> q</span>
            <span class="sr">, in quarantine</span>
          </>
        )}
      </a>
    </td>
  );
}

function columnsOf(rows: readonly PageRow[]): Column[] {
  const columns = groupBy(rows, ({ agent, attack }) => JSON.stringify([agent, attack]));
  return [...columns.values()].flatMap(([row]) =>
    row ? [{ agent: row.agent, attack: row.attack }] : [],
  );
}

/** Share of trials that passed; tasks without a decided one come after those that failed. */
function rateOf(rows: readonly PageRow[]): number {
  const passed = rows.reduce((sum, row) => sum + row.passed, 0);
  const decided = rows.reduce((sum, row) => sum + row.passed + row.failed, 0);
  return decided === 0 ? 0.5 : passed / decided;
}
