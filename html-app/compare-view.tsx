import type { Compared, ComparedPair } from './compared.ts';
import { ComparedFigures } from './compared-figures.tsx';
import { ComparedSteps } from './compared-steps.tsx';
import { ComparedVerdicts } from './compared-verdicts.tsx';
import { shown } from './shown.ts';

/** Two trials side by side: figures, verdicts that differ, and their steps aligned. */
export function CompareView({ base, head }: ComparedPair) {
  if (!base || !head) {
    const only = base ?? head;
    return (
      <p class="callout">{only ? onlyWords(only) : 'Neither run has a trial of this task.'}</p>
    );
  }
  return (
    <>
      <ComparedFigures base={base} head={head} />
      <ComparedVerdicts base={base.detail.verdicts} head={head.detail.verdicts} />
      <ComparedSteps base={base} head={head} />
    </>
  );
}

function onlyWords({ label, agent, trial, detail }: Compared): string {
  return `Only ${label} has a trial of this task: ${shown(agent)}, trial ${trial}, ${detail.status}.`;
}
