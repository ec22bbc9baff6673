import { blastText } from '../src/report/blast-text.ts';
import { countText, durationText, moneyText, scoreText } from '../src/report/figures.ts';
import type { PageRow, TrialDetail } from '../src/report/html/payload.ts';
import { shown } from './shown.ts';

type Fact = readonly [name: string, value: string];

/** Names and figures of a trial. */
export function TrialFacts(props: {
  readonly row: Pick<PageRow, 'suite' | 'agent' | 'attack'> & Partial<PageRow>;
  readonly id: string;
  readonly detail: TrialDetail;
}) {
  const { row, id, detail } = props;
  const facts = [...nameFacts(row), ...figureFacts(detail), ['Trial id', id] as Fact];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <bdi>{shown(value)}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function nameFacts(row: Pick<PageRow, 'suite' | 'agent' | 'attack'> & Partial<PageRow>): Fact[] {
  const { suite, agent, attack, quarantine, at, tags = [] } = row;
  const facts: Fact[] = [
    ['Suite', suite],
    ['Agent', agent],
  ];
  if (attack !== null) facts.push(['Attack', attack]);
  if (tags.length > 0) facts.push(['Tags', tags.join(', ')]);
  if (at) facts.push(['Written in', `${at.file}:${at.line}`]);
  if (quarantine) {
    const { until, owner, reason } = quarantine;
    facts.push(['In quarantine', `until ${until}, ${owner}${reason ? `: ${reason}` : ''}`]);
  }
  return facts;
}

function figureFacts(detail: TrialDetail): Fact[] {
  const { score, stop, turns, tool_calls, input_tokens, output_tokens, cost_usd } = detail;
  const facts: Fact[] = [];
  if (score !== null) facts.push(['Score', scoreText(score, '')]);
  if (stop !== null) facts.push(['Ended', stopWords(stop, detail.trajectory?.limit)]);
  if (turns !== null) facts.push(['Turns', countText(turns)]);
  if (tool_calls !== null) facts.push(['Tool calls', countText(tool_calls)]);
  if (input_tokens !== null || output_tokens !== null) {
    const tokens = `${countText(input_tokens ?? 0)} in, ${countText(output_tokens ?? 0)} out`;
    facts.push(['Tokens', tokens]);
  }
  if (cost_usd !== null) facts.push(['Cost', moneyText(cost_usd)]);
  if (typeof detail.judge_cost_usd === 'number') {
    facts.push(['Cost of judges', moneyText(detail.judge_cost_usd)]);
  }
  if (detail.duration_ms !== null) facts.push(['Time', durationText(detail.duration_ms)]);
  const effects = detail.blast_radius ? blastText(detail.blast_radius) : '';
  if (effects !== '') facts.push(['Effects', effects]);
  if (detail.delivered === false) facts.push(['Attack seen', 'no: the agent never got to see it']);
  return facts;
}

function stopWords(
  stop: NonNullable<TrialDetail['stop']>,
  limit: string | null | undefined,
): string {
  const words = stop.replace('_', ' ');
  return limit ? `${words}: ${limit}` : words;
}
