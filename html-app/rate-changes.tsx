import type { ComponentChildren } from 'preact';
import type { ComparisonGate } from '../src/model/comparison-gate.ts';
import type { DiffSummary } from '../src/model/diff.ts';
import type { TaskChange } from '../src/model/task-change.ts';
import {
  type ComparedRow,
  figureRow,
  pointsText,
  pText,
  rateRow,
} from '../src/report/diff/compared-rows.ts';
import { countText } from '../src/report/figures.ts';
import { GateBadge } from './badges.tsx';
import { agentPair } from './change-words.ts';
import { Name } from './name.tsx';
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
            row={figureRow(pass_rate, suite)}
            agent={agent}
            last={detectable === null ? '–' : pointsText(detectable)}
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
          <Row
            key={JSON.stringify([attack.suite, attack.agent, attack.attack])}
            row={rateRow(attack, 'lower', attack.attack ?? 'all of them')}
            agent={attack.agent}
          />
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
          <Row
            key={JSON.stringify([judge.suite, judge.agent, judge.judge])}
            row={rateRow(judge, 'higher', judge.judge)}
            agent={judge.agent}
            last={`${judge.flipped.worse} worse, ${judge.flipped.better} better`}
          />
        ))}
      </Table>
    </>
  );
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
      {rows > MOST_ROWS && <p>{countText(rows - MOST_ROWS)} more</p>}
    </section>
  );
}

function Row(props: {
  readonly row: ComparedRow;
  readonly agent: TaskChange['agent'];
  readonly last?: string;
}) {
  const { row, agent, last = '' } = props;
  const { name, base, head, difference, interval } = row;
  return (
    <tr>
      <th scope="row">
        <Name text={name} />
      </th>
      <td>
        <Name text={agentPair(agent)} />
      </td>
      {[base, head, difference, interval].map((text, index) => (
        <td key={index} class="number">
          {text || '–'}
        </td>
      ))}
      <td class="number">{last}</td>
    </tr>
  );
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
                <td class="number">{p_holm === null ? '–' : pText(p_holm)}</td>
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
