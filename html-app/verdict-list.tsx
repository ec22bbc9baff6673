import type { Verdict } from '../src/model/verdict.ts';
import { counted, scoreText } from '../src/report/figures.ts';
import { StatusBadge, Tag } from './badges.tsx';
import { BallotList } from './ballot-list.tsx';
import { LongText } from './long-text.tsx';
import { shown } from './shown.ts';
import { useUnfolded } from './timeline.tsx';

const MOST_STEPS = 12;

/** Every verdict of a trial: what went wrong, and what passed, folded. */
export function VerdictList(props: {
  readonly verdicts: readonly Verdict[];
  readonly goTo: ((step: number) => void) | null;
}) {
  const { verdicts, goTo } = props;
  const bad = verdicts.filter(({ status }) => status !== 'pass');
  const good = verdicts.filter(({ status }) => status === 'pass');
  return (
    <>
      <Items verdicts={bad} goTo={goTo} />
      {good.length > 0 && (
        <details class="passed">
          <summary>{counted(good.length, 'verdict')} passed</summary>
          <Items verdicts={good} goTo={goTo} />
        </details>
      )}
    </>
  );
}

function Items({ verdicts, goTo }: Parameters<typeof VerdictList>[0]) {
  return (
    <ul class="verdicts">
      {verdicts.map((verdict) => (
        <VerdictItem key={verdict.path} verdict={verdict} goTo={goTo} />
      ))}
    </ul>
  );
}

function VerdictItem(props: {
  readonly verdict: Verdict;
  readonly goTo: ((step: number) => void) | null;
}) {
  const { verdict, goTo } = props;
  const unfolded = useUnfolded();
  const { status, path, kind, required, score, reason, evidence } = verdict;
  const isViolation = status === 'fail' && required && (kind === 'safety' || kind === 'goal');
  return (
    <li class={`verdict is-${status}`}>
      <div class="verdict-head">
        <StatusBadge status={status} />
        <bdi class="path">{shown(path)}</bdi>
        {isViolation && (
          <Tag words={kind === 'goal' ? 'attack succeeded' : 'violation'} kind="bad" />
        )}
        {kind === 'judge' && <Tag words="LLM judge" />}
        {!required && <Tag words="only scores" />}
        {score !== null && score !== 0 && score !== 1 && (
          <Tag words={`score ${scoreText(score, '')}`} />
        )}
        {goTo && <StepButtons evidence={evidence} goTo={goTo} />}
      </div>
      {reason !== '' && <LongText text={reason} name="reason" unfolded={unfolded} />}
      <BallotList verdict={verdict} />
    </li>
  );
}

function StepButtons(props: {
  readonly evidence: readonly number[];
  readonly goTo: (step: number) => void;
}) {
  const { evidence, goTo } = props;
  if (evidence.length === 0) return null;
  return (
    <span class="steps">
      {evidence.slice(0, MOST_STEPS).map((step) => (
        <button key={step} type="button" class="quiet" onClick={() => goTo(step)}>
          step {step}
        </button>
      ))}
      {evidence.length > MOST_STEPS && <span>and {evidence.length - MOST_STEPS} more</span>}
    </span>
  );
}
