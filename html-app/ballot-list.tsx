import type { Ballot } from '../src/model/llm-judge.ts';
import type { Verdict } from '../src/model/verdict.ts';
import { shown } from './shown.ts';

const MOST_BALLOTS = 30;

/** What the models of an LLM judge answered, one by one. */
export function BallotList({ verdict }: { readonly verdict: Verdict }) {
  const ballots = ballotsOf(verdict);
  if (ballots.length === 0) return null;
  return (
    <ul class="ballots">
      {ballots.slice(0, MOST_BALLOTS).map(({ model, vote, step, answer, reason }) => (
        <li key={`${model} ${vote} ${step}`}>
          <bdi class="who">{shown(model)}</bdi>
          {step !== undefined && ` on step ${step}`}:{' '}
          <strong>{answer === null ? 'no answer' : shown(answer)}</strong>{' '}
          <span dir="auto">{shown(reason)}</span>
        </li>
      ))}
      {ballots.length > MOST_BALLOTS && <li>{ballots.length - MOST_BALLOTS} more answers</li>}
    </ul>
  );
}

function ballotsOf({ kind, details }: Verdict): readonly Ballot[] {
  if (kind !== 'judge' || typeof details !== 'object' || details === null) return [];
  const { ballots } = details as { ballots?: unknown }; // looked at next
  return Array.isArray(ballots) ? (ballots as Ballot[]) : []; // judges of kind `judge` keep these
}
