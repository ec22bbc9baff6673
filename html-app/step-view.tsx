import type { ComponentChildren } from 'preact';
import type { Step } from '../src/model/trajectory.ts';
import { durationText } from '../src/report/figures.ts';
import { LongText, type Unfolded } from './long-text.tsx';
import { shown } from './shown.ts';
import { stepFacts } from './step-facts.ts';

/** One step: what it is, who took it, when, and what it says. */
export function StepView(props: {
  readonly step: Step;
  readonly index: number;
  /** Tells its texts from those of other steps on the page. */
  readonly name: string;
  readonly unfolded: Unfolded;
  readonly children?: ComponentChildren;
}) {
  const { step, index, name, unfolded, children } = props;
  const { kind, label, name: who, text, code } = stepFacts(step);
  return (
    <div class={`step of-${kind}`}>
      <div class="step-head">
        <span class="number">{index}</span>
        <span class="label">{label}</span>
        {who !== '' && <bdi class={kind === 'call' ? 'who tool' : 'who'}>{shown(who)}</bdi>}
        {'at_ms' in step && typeof step.at_ms === 'number' && (
          <span class="at">{durationText(step.at_ms)}</span>
        )}
      </div>
      {text !== '' && <LongText text={text} name={name} unfolded={unfolded} code={code} />}
      {children}
    </div>
  );
}
