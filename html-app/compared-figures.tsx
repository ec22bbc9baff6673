import { countText, durationText, moneyText, scoreText } from '../src/report/figures.ts';
import type { TrialDetail } from '../src/report/html/payload.ts';
import { StatusBadge } from './badges.tsx';
import type { Compared } from './compared.ts';
import { shown } from './shown.ts';

interface Figure {
  readonly name: string;
  readonly of: (detail: TrialDetail) => number | null;
  readonly words: (value: number) => string;
}

const tokensOf = ({ input_tokens, output_tokens }: TrialDetail) =>
  input_tokens === null && output_tokens === null
    ? null
    : (input_tokens ?? 0) + (output_tokens ?? 0);

const FIGURES: readonly Figure[] = [
  { name: 'Score', of: ({ score }) => score, words: (score) => scoreText(score, '–') },
  { name: 'Tool calls', of: ({ tool_calls }) => tool_calls, words: countText },
  { name: 'Turns', of: ({ turns }) => turns, words: countText },
  { name: 'Tokens', of: tokensOf, words: countText },
  { name: 'Cost', of: ({ cost_usd }) => cost_usd, words: moneyText },
  { name: 'Time', of: ({ duration_ms }) => duration_ms, words: durationText },
];

/** Names and figures of two trials in a table. */
export function ComparedFigures({
  base,
  head,
}: {
  readonly base: Compared;
  readonly head: Compared;
}) {
  const sides = [base, head];
  const told = FIGURES.filter(({ of }) => sides.some(({ detail }) => of(detail) !== null));
  return (
    <table class="figures" aria-label="Figures of both trials">
      <thead>
        <tr>
          <td />
          {sides.map(({ label }) => (
            <th key={label} scope="col">
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">Trial</th>
          {sides.map(({ label, agent, trial }) => (
            <td key={label}>
              <bdi>{shown(agent)}</bdi>, trial {trial}
            </td>
          ))}
        </tr>
        <tr>
          <th scope="row">Status</th>
          {sides.map(({ label, detail }) => (
            <td key={label}>
              <StatusBadge status={detail.status} />
            </td>
          ))}
        </tr>
        {told.map(({ name, of, words }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {sides.map(({ label, detail }) => (
              <td key={label}>{wordsOf(of(detail), words)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function wordsOf(value: number | null, words: (value: number) => string): string {
  return value === null ? '–' : words(value);
}
