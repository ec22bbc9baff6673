import type { ComponentChildren } from 'preact';
import type { ComparisonGate } from '../src/model/comparison-gate.ts';
import type { AttackChange, DiffInterval, DiffSummary, JudgeChange } from '../src/model/diff.ts';
import { percentage } from '../src/report/figures.ts';
import { GateBadge } from './badges.tsx';
import { agentPair } from './change-words.ts';
import { differenceText, figureText } from './figure-text.ts';
import { Scroll } from './scroll.tsx';
import { shown } from './shown.ts';

const MOST_ROWS = 100;

/** Pass rates by suite and agent, attacks and judges of both runs; each only where there are some. */
export function RateChanges({ diff }: { readonly diff: DiffSummary }) {
  const { groups, attacks, judges } = diff;
  return (
    <>
      <Table
        id="h-groups"
        title="Pass rates of both runs"
        name="Suite"
        last="Least that shows"
        rows={groups.length}
      >
        {groups.slice(0, MOST_ROWS).map(({ suite, agent, pass_rate, detectable }) => (
          <Row
            key={JSON.stringify([suite, agent])}
            cells={[shown(suite), shown(agentPair(agent))]}
            rates={[figureText(pass_rate, pass_rate.base), figureText(pass_rate, pass_rate.head)]}
            difference={pass_rate.difference}
            interval={pass_rate.interval}
            last={detectable === null ? '–' : points(detectable).slice(1)}
          />
        ))}
      </Table>
      <Table
        id="h-attacked"
        title="Attacks in both runs"
        name="Attack"
        last=""
        rows={attacks.length}
      >
        {attacks.slice(0, MOST_ROWS).map((attack) => (
          <RateRow
            key={JSON.stringify([attack.suite, attack.agent, attack.attack])}
            change={attack}
          >
            {attack.attack === null ? 'all of them' : shown(attack.attack)}
          </RateRow>
        ))}
      </Table>
      <Table
        id="h-judged"
        title="Judges of both runs"
        name="Judge"
        last="Tasks that flipped"
        rows={judges.length}
      >
        {judges.slice(0, MOST_ROWS).map((judge) => (
          <RateRow
            key={JSON.stringify([judge.suite, judge.agent, judge.judge])}
            change={judge}
            last={`${judge.flipped.worse} worse, ${judge.flipped.better} better`}
          >
            {shown(judge.judge)}
          </RateRow>
        ))}
      </Table>
    </>
  );
}

function RateRow(props: {
  readonly change: AttackChange | JudgeChange;
  readonly children: string;
  readonly last?: string;
}) {
  const { change, children, last = '' } = props;
  const { agent, base, head, difference, interval } = change;
  const rates = [base, head].map(
    ({ happened, of, rate }) => `${percentage(rate, '–')} (${happened}/${of})`,
  );
  const cells = [children, shown(agentPair(agent))];
  return <Row {...{ cells, rates, difference, interval, last }} />;
}

function Table(props: {
  readonly id: string;
  readonly title: string;
  readonly name: string;
  readonly last: string;
  readonly rows: number;
  readonly children: ComponentChildren;
}) {
  const { id, title, name, last, rows, children } = props;
  if (rows === 0) return null;
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <Scroll labelled={id}>
        <table>
          <thead>
            <tr>
              {[name, 'Agent', 'Base', 'Head', 'Difference', 'Interval', last].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Row(props: {
  readonly cells: readonly string[];
  readonly rates: readonly string[];
  readonly difference: number | null;
  readonly interval: DiffInterval | null;
  readonly last: string;
}) {
  const { cells, rates, difference, interval, last } = props;
  const bounds = interval ? `${points(interval.lower)} to ${points(interval.upper)}` : '–';
  const figures = [...rates, points(difference), bounds, last];
  return (
    <tr>
      {cells.map((cell, index) => (
        <td key={index}>
          <bdi>{cell}</bdi>
        </td>
      ))}
      {figures.map((figure, index) => (
        <td key={index} class="number">
          {figure}
        </td>
      ))}
    </tr>
  );
}

/** A difference of rates in percentage points. */
function points(value: number | null): string {
  return differenceText({ key: 'pass_rate' }, value);
}

/** What each rule of the gate says. */
export function RuleTable({ gate }: { readonly gate: ComparisonGate }) {
  if (gate.rules.length === 0) return null;
  return (
    <section class="card" aria-labelledby="h-rules">
      <h2 id="h-rules">Rules</h2>
      <Scroll labelled="h-rules">
        <table>
          <thead>
            <tr>
              {['Rule', 'Answer', 'p after Holm', 'Why'].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {gate.rules.map(({ rule, status, p_holm, reason }) => (
              <tr key={`${rule}\n${reason}`}>
                <th scope="row">
                  <code>{shown(rule)}</code>
                </th>
                <td>
                  <GateBadge status={status} />
                </td>
                <td class="number">{p_holm === null ? '–' : p_holm.toPrecision(2)}</td>
                <td>
                  <bdi>{shown(reason)}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
