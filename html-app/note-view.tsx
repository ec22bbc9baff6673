import { StatusBadge } from './badges.tsx';
import { shown } from './shown.ts';
import type { StepNote } from './step-notes.ts';

const MOST_NOTES = 12;

/** What judges say of a step, beside it. */
export function NoteList({ notes }: { readonly notes: readonly StepNote[] }) {
  return (
    <ul class="notes" aria-label="What judges say of this step">
      {notes.slice(0, MOST_NOTES).map(({ verdict, reason }) => (
        <li key={verdict.path} class={`note is-${verdict.status}`}>
          <span class="note-head">
            <StatusBadge status={verdict.status} /> {kindWords(verdict.kind, verdict.status)}
            <bdi class="path">{shown(verdict.path)}</bdi>
          </span>
          {reason !== '' && (
            <span class="reason" dir="auto">
              {shown(reason)}
            </span>
          )}
        </li>
      ))}
      {notes.length > MOST_NOTES && <li>{notes.length - MOST_NOTES} more</li>}
    </ul>
  );
}

function kindWords(kind: StepNote['verdict']['kind'], status: string): string {
  if (kind === 'judge') return 'judge ';
  if (kind === 'rule' || status !== 'fail') return '';
  return kind === 'goal' ? 'attack succeeded ' : 'violation ';
}
