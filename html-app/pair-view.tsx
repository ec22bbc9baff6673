import type { StepPair } from '../src/diff/step-diff.ts';
import type { Difference } from '../src/model/alignment.ts';
import type { Compared } from './compared.ts';
import type { Unfolded } from './long-text.tsx';
import { jsonText, shown } from './shown.ts';
import { StepView } from './step-view.tsx';

const KINDS = {
  same: '',
  reworded: 'Other words',
  changed: 'Changed',
  only_base: 'Only left',
  only_head: 'Only right',
} satisfies Record<StepPair['kind'], string>;

const LONGEST_VALUE = 240;

/** Two steps beside each other, with what differs. */
export function PairView(props: {
  readonly pair: StepPair;
  readonly base: Compared;
  readonly head: Compared;
  readonly isParting: boolean;
  readonly unfolded: Unfolded;
}) {
  const { pair, base, head, isParting, unfolded } = props;
  const { kind, differences } = pair;
  return (
    <div class={`pair kind-${kind} ${isParting ? 'parting' : ''}`}>
      {isParting && (
        <div class="parting-words">Here they part: the first difference in what was done</div>
      )}
      {kind !== 'same' && <div class="pair-kind">{KINDS[kind]}</div>}
      <Side side={base} index={pair.base} unfolded={unfolded} />
      <Side side={head} index={pair.head} unfolded={unfolded} />
      {differences.length > 0 && kind !== 'reworded' && (
        <ul class="differences" aria-label="What differs">
          {differences.map((difference) => (
            <DifferenceItem key={difference.path} difference={difference} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Side(props: {
  readonly side: Compared;
  readonly index: number | null;
  readonly unfolded: Unfolded;
}) {
  const { side, index, unfolded } = props;
  const step = index === null ? undefined : side.detail.trajectory?.steps[index];
  if (index === null || step === undefined) {
    return <div class="step none">nothing</div>;
  }
  return <StepView step={step} index={index} name={`${side.label} ${index}`} unfolded={unfolded} />;
}

function DifferenceItem({ difference }: { readonly difference: Difference }) {
  const { path, was, wanted } = difference;
  return (
    <li>
      <bdi class="path">{shown(path === '' ? 'value' : path)}</bdi>
      <del>{'was' in difference ? short(valueText(was)) : 'nothing'}</del>
      <span aria-hidden="true"> → </span>
      <ins>{short(wanted ?? 'nothing')}</ins>
    </li>
  );
}

function valueText(value: unknown): string {
  return jsonText(value);
}

function short(text: string): string {
  return shown(text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text);
}
