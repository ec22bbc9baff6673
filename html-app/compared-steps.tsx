import type { Ref } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { alignTrajectories } from '../src/diff/align-trajectories.ts';
import type { StepDiff } from '../src/diff/step-diff.ts';
import type { Trajectory } from '../src/model/trajectory.ts';
import type { PageTrajectory } from '../src/report/html/payload.ts';
import type { Compared } from './compared.ts';
import { type ComparedLine, comparedLines, pairCounts } from './compared-lines.ts';
import { PairView } from './pair-view.tsx';
import { Room } from './room.tsx';
import { shown } from './shown.ts';
import { useUnfolded } from './timeline.tsx';
import { useKeys } from './use-keys.ts';
import { useListKeys } from './use-list-keys.ts';
import { useVirtual } from './use-virtual.ts';

const LONG = 40;

/** The steps of two trials aligned, the first difference in what was done marked. */
export function ComparedSteps({
  base,
  head,
}: {
  readonly base: Compared;
  readonly head: Compared;
}) {
  const [one, other] = [base.detail.trajectory, head.detail.trajectory];
  const steps = useMemo(() => (one && other ? aligned(one, other) : null), [one, other]);
  if (!steps) {
    const lacking = [one ? '' : base.label, other ? '' : head.label].filter(Boolean).join(' and ');
    return (
      <p class="callout">No steps are known of {lacking}, so they cannot be laid side by side.</p>
    );
  }
  return <AlignedSteps diff={steps} base={base} head={head} />;
}

function aligned(one: PageTrajectory, other: PageTrajectory): StepDiff {
  return alignTrajectories(one as Trajectory, other as Trajectory); // names have no part in it
}

function AlignedSteps(props: {
  readonly diff: StepDiff;
  readonly base: Compared;
  readonly head: Compared;
}) {
  const { diff, base, head } = props;
  const [folded, setFolded] = useState(diff.pairs.length > LONG);
  const lines = useMemo(() => comparedLines(diff, folded), [diff, folded]);
  const unfolded = useUnfolded();
  const part = useVirtual(lines.length, () => 110);
  const goTo = useListKeys(lines.length, part);
  const parting = lines.findIndex(({ at }) => at === diff.divergence);
  const goToParting = parting < 0 ? null : () => goTo(parting);
  useKeys({ d: () => goToParting?.() });
  return (
    <section aria-labelledby="h-steps">
      <h2 id="h-steps">Steps side by side</h2>
      <StepsBar diff={diff} folded={folded} fold={setFolded} goToParting={goToParting} />
      <div class="sides" aria-hidden="true">
        <span>
          {base.label}: <bdi>{shown(base.agent)}</bdi>
        </span>
        <span>
          {head.label}: <bdi>{shown(head.agent)}</bdi>
        </span>
      </div>
      <ol class="pairs" ref={part.list as Ref<HTMLOListElement> /* the list is an element */}>
        <Room height={part.before} />
        {part.items.map(({ index }) => (
          <li
            key={index}
            data-index={index}
            ref={part.measure}
            tabIndex={-1}
            aria-setsize={lines.length}
            aria-posinset={index + 1}
          >
            <Line line={lines[index]} {...{ ...props, unfolded }} />
          </li>
        ))}
        <Room height={part.behind} />
      </ol>
      <Ends diff={diff} />
    </section>
  );
}

function Line(props: {
  readonly line: ComparedLine | undefined;
  readonly diff: StepDiff;
  readonly base: Compared;
  readonly head: Compared;
  readonly unfolded: ReturnType<typeof useUnfolded>;
}) {
  const { line, diff, ...rest } = props;
  if (!line) return null;
  if ('equal' in line) return <div class="models">{line.equal} equal steps</div>;
  return <PairView pair={line.pair} isParting={line.at === diff.divergence} {...rest} />;
}

function StepsBar(props: {
  readonly diff: StepDiff;
  readonly folded: boolean;
  readonly fold: (folded: boolean) => void;
  readonly goToParting: (() => void) | null;
}) {
  const { diff, folded, fold, goToParting } = props;
  return (
    <p class="bar">
      <span>{pairCounts(diff)}</span>
      {goToParting ? (
        <button type="button" onClick={goToParting}>
          Go to the first difference
        </button>
      ) : (
        <span>
          {diff.divergence === null ? 'Both did the same.' : 'Both did the same up to the end.'}
        </span>
      )}
      <label>
        <input
          type="checkbox"
          checked={folded}
          onChange={(event) => fold(event.currentTarget.checked)}
        />{' '}
        Only differences
      </label>
    </p>
  );
}

function Ends({ diff: { stops } }: { readonly diff: StepDiff }) {
  const word = (stop: string | null) =>
    stop === null ? 'not known' : shown(stop.replace('_', ' '));
  return (
    <div class={stops.base === stops.head ? 'ends' : 'ends differ'}>
      <span>Ended: {word(stops.base)}</span>
      <span>Ended: {word(stops.head)}</span>
    </div>
  );
}
