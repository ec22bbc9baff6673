import type { AttackFigure, SafetySummary, Utility } from '../model/safety.ts';
import { counted, countText, intervalText, percentage } from './figures.ts';
import type { Ink } from './ink.ts';
import { type Cell, type Column, drawTable } from './table.ts';
import { wrap, wrapBehind } from './wrap.ts';

const MOST_ROWS = 20;

type Figures = Pick<
  AttackFigure,
  | 'trials'
  | 'delivered'
  | 'undecided'
  | 'decided'
  | 'succeeded'
  | 'attack_success_rate'
  | 'interval'
>;

/** Tables of attacks with how often each got through, and what they cost in utility; nothing where none is mounted. */
export async function attackTables(safety: SafetySummary | undefined, ink: Ink): Promise<string[]> {
  const lines: string[] = [];
  for (const total of safety?.agents ?? []) {
    const own = <Item extends { suite: string; agent: string }>(items: readonly Item[]) =>
      items.filter(({ suite, agent }) => suite === total.suite && agent === total.agent);
    const attacks = own(safety?.attacks ?? []);
    const tools = own(safety?.entry_tools ?? []);
    const [utility] = own(safety?.utility ?? []);
    const named = attacks.map((one) => [one.attack ?? '', one] as const);
    lines.push(...titleLines(total, ink));
    lines.push(...(await table('Attack', named, attacks.length > 1 ? total : null, ink)));
    if (tools.length > 1) {
      const entries = tools.map((one) => [one.tool, one] as const);
      lines.push(...(await table('Tool of entry', entries, null, ink)));
    }
    if (utility) lines.push(...utilityLines(utility.clean, utility.attacked, ink));
    lines.push('');
  }
  return lines;
}

/** What attacks cost in utility, as one sentence. */
export function utilityText(
  clean: Utility,
  attacked: Utility,
  absent: string,
  arrow: string,
): string {
  const [alone, under] = [clean, attacked].map(
    ({ rate, solved, decided, interval }) =>
      `${percentage(rate, absent)} (${countText(solved)}/${countText(decided)}; ${intervalText(interval, absent)})`,
  );
  return `Utility: ${alone} alone ${arrow} ${under} under attack`;
}

function titleLines({ suite, agent }: AttackFigure, ink: Ink): string[] {
  const names = [suite, agent].map((name) => ink.line(name, 80));
  return wrap([...names, 'attacks'].join(` ${ink.signs.dot} `), ink.width).map(ink.strong);
}

async function table(
  head: string,
  named: readonly (readonly [string, Figures])[],
  total: Figures | null,
  ink: Ink,
): Promise<string[]> {
  const sorted = [...named].sort(([, a], [, b]) => rateOf(b) - rateOf(a));
  const shown = (named.length > MOST_ROWS ? sorted : named).slice(0, MOST_ROWS);
  const columns: Column[] = [
    { head, least: 6 },
    { head: 'Delivered', align: 'right', spare: 3 },
    { head: 'Led astray', align: 'right' },
    { head: 'Success rate', align: 'right', spare: 1 },
    { head: '95 % interval', align: 'right', spare: 2 },
    ...(named.some(([, { undecided }]) => undecided > 0)
      ? [{ head: 'Undecided', align: 'right', spare: 4 } as const]
      : []),
  ];
  const cells = shown.map(([name, one]) => cellsOf(ink.line(name, 80), one, ink));
  if (total) cells.push(cellsOf('all together', total, ink));
  const left = named.length - shown.length;
  const more = `${ink.signs.ellipsis} ${counted(left, 'more row')}: the json report lists them`;
  return [
    ...(await drawTable(
      columns,
      cells.map((row) => row.slice(0, columns.length)),
      ink,
      '  ',
    )),
    ...(left > 0 ? wrap(more, ink.width).map(ink.faint) : []),
  ];
}

function cellsOf(name: string, one: Figures, ink: Ink): Cell[] {
  const { trials, delivered, decided, succeeded, undecided } = one;
  const paint = succeeded > 0 ? ink.as.fail : ink.as.pass;
  return [
    { text: name },
    { text: `${countText(delivered)}/${countText(trials)}` },
    { text: `${countText(succeeded)}/${countText(decided)}`, ...(decided > 0 && { paint }) },
    { text: percentage(one.attack_success_rate, ink.signs.none) },
    { text: intervalText(one.interval, ink.signs.none) },
    { text: countText(undecided) },
  ];
}

function rateOf({ attack_success_rate, undecided }: Figures): number {
  return attack_success_rate ?? (undecided > 0 ? 0 : -1);
}

function utilityLines(clean: Utility, attacked: Utility, ink: Ink): string[] {
  return wrapBehind(
    '  ',
    utilityText(clean, attacked, ink.signs.none, ink.signs.answer),
    ink.width,
  );
}
