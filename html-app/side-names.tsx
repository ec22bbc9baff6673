import type { SideFacts } from '../src/model/diff.ts';
import { counted } from '../src/report/figures.ts';
import { timeText } from './run-facts.tsx';
import { shown } from './shown.ts';

const MOST_LABELS = 5;

/** The two runs of a comparison. */
export function SideNames({ base, head }: { readonly base: SideFacts; readonly head: SideFacts }) {
  return (
    <dl class="side-names">
      <Side name="Base" facts={base} />
      <Side name="Head" facts={head} />
    </dl>
  );
}

function Side({ name, facts }: { readonly name: string; readonly facts: SideFacts }) {
  const { run, source, agent, started_at, git, planned, status, labels, gate } = facts;
  const details = [
    ...(source === 'run' ? [] : [`from a ${source}`]),
    ...(agent === null ? [] : [`agent ${agent}`]),
    ...(git?.branch ? [git.branch] : []),
    ...(git?.commit ? [git.commit.slice(0, 10) + (git.dirty ? ' with changes' : '')] : []),
    ...Object.entries(labels)
      .slice(0, MOST_LABELS)
      .map(([key, value]) => `${key}=${value}`),
    timeText(started_at),
    counted(planned, 'trial'),
    ...(status === 'completed' ? [] : [status]),
    ...(gate === null ? [] : [`gate ${gate}`]),
  ];
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{shown(run)}</bdi> <span class="faint">{shown(details.join(' · '))}</span>
      </dd>
    </div>
  );
}
