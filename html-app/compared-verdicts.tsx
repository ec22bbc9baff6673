import type { Verdict } from '../src/model/verdict.ts';
import { counted } from '../src/report/figures.ts';
import { StatusBadge } from './badges.tsx';
import { LongText } from './long-text.tsx';
import { shown } from './shown.ts';
import { useUnfolded } from './timeline.tsx';

interface Changed {
  readonly path: string;
  readonly base: Verdict | undefined;
  readonly head: Verdict | undefined;
}

/** The verdicts that two trials were given otherwise. */
export function ComparedVerdicts(props: {
  readonly base: readonly Verdict[];
  readonly head: readonly Verdict[];
}) {
  const unfolded = useUnfolded();
  const changed = changedVerdicts(props.base, props.head);
  if (changed.length === 0) return <p>Every verdict is the same.</p>;
  return (
    <section aria-labelledby="h-verdicts">
      <h2 id="h-verdicts">{counted(changed.length, 'verdict')} not the same</h2>
      <ul class="verdicts">
        {changed.map(({ path, base, head }) => (
          <li key={path} class={`verdict is-${head?.status ?? 'skip'}`}>
            <div class="verdict-head">
              <Side verdict={base} /> → <Side verdict={head} />
              <bdi class="path">{shown(path)}</bdi>
            </div>
            {[base, head].map(
              (verdict, side) =>
                verdict &&
                verdict.reason !== '' && (
                  <div key={side} class="side-reason">
                    <span class="faint">{side === 0 ? 'left' : 'right'}</span>
                    <LongText text={verdict.reason} name={`${path} ${side}`} unfolded={unfolded} />
                  </div>
                ),
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Side({ verdict }: { readonly verdict: Verdict | undefined }) {
  return verdict ? <StatusBadge status={verdict.status} /> : <span class="faint">not asked</span>;
}

function changedVerdicts(base: readonly Verdict[], head: readonly Verdict[]): Changed[] {
  const other = new Map(head.map((verdict) => [verdict.path, verdict]));
  const known = new Set(base.map(({ path }) => path));
  const pairs = base.map((verdict) => ({
    path: verdict.path,
    base: verdict as Verdict | undefined, // as in those below
    head: other.get(verdict.path),
  }));
  const fresh = head
    .filter(({ path }) => !known.has(path))
    .map((verdict) => ({ path: verdict.path, base: undefined, head: verdict }));
  return [...pairs, ...fresh].filter((pair) => pair.base?.status !== pair.head?.status);
}
