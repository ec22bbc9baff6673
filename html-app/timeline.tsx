import type { Ref } from 'preact';
import { useImperativeHandle, useMemo, useState } from 'preact/hooks';
import type { Step } from '../src/model/trajectory.ts';
import type { Verdict } from '../src/model/verdict.ts';
import type { Unfolded } from './long-text.tsx';
import { NoteList } from './note-view.tsx';
import { Room } from './room.tsx';
import { shown } from './shown.ts';
import { notesByStep, type StepNote } from './step-notes.ts';
import { StepView } from './step-view.tsx';
import { lineOf, modelWords, type TimelineLine, timelineLines } from './timeline-lines.ts';
import { useListKeys } from './use-list-keys.ts';
import { useVirtual } from './use-virtual.ts';

/** What others may ask of a timeline. */
export interface TimelineHandle {
  /** Brings a step into sight and gives it the focus. */
  goTo(step: number): void;
}

/** The steps of a trial in order, with what judges say beside them. */
export function Timeline(props: {
  readonly steps: readonly Step[];
  readonly verdicts: readonly Verdict[];
  readonly handle: Ref<TimelineHandle>;
}) {
  const { steps, verdicts, handle } = props;
  const notes = useMemo(() => notesByStep(verdicts), [verdicts]);
  const lines = useMemo(() => timelineLines(steps, (at) => notes.has(at)), [steps, notes]);
  const unfolded = useUnfolded();
  const part = useVirtual(lines.length, (at) => estimate(lines[at], notes));
  const goToLine = useListKeys(lines.length, part);
  useImperativeHandle(handle, () => ({ goTo: (step) => goToLine(lineOf(lines, step)) }));
  return (
    <ol class="timeline" ref={part.list as Ref<HTMLOListElement> /* the list is an element */}>
      <Room height={part.before} />
      {part.items.map(({ index }) => {
        const line = lines[index];
        return (
          line && (
            <li
              key={index}
              data-index={index}
              ref={part.measure}
              tabIndex={-1}
              aria-setsize={lines.length}
              aria-posinset={index + 1}
            >
              <Line line={line} notes={notes} unfolded={unfolded} />
            </li>
          )
        );
      })}
      <Room height={part.behind} />
    </ol>
  );
}

function Line(props: {
  readonly line: TimelineLine;
  readonly notes: ReadonlyMap<number, StepNote[]>;
  readonly unfolded: Unfolded;
}) {
  const { line, notes, unfolded } = props;
  if ('models' in line) {
    return <div class="models">{shown(modelWords(line.models))}</div>;
  }
  const own = notes.get(line.index);
  const worst = own?.some(({ verdict }) => verdict.status === 'fail') ? 'is-marked' : '';
  return (
    <div class={own ? `line has-notes ${worst}` : 'line'}>
      <StepView step={line.step} index={line.index} name={`${line.index}`} unfolded={unfolded} />
      {own && <NoteList notes={own} />}
    </div>
  );
}

/** The texts of a list that are unfolded, which stay so while their item is out of sight. */
export function useUnfolded(): Unfolded {
  const [names, setNames] = useState<ReadonlySet<string>>(new Set());
  return {
    has: (name) => names.has(name),
    toggle: (name) => setNames((old) => toggled(old, name)),
  };
}

function toggled(names: ReadonlySet<string>, name: string): ReadonlySet<string> {
  const fresh = new Set(names);
  if (!fresh.delete(name)) fresh.add(name);
  return fresh;
}

const LINE_HEIGHT = 20;
const WIDTH = 95;

/** Height of a line before it is measured, roughly: the better it is, the steadier the scroll bar. */
function estimate(line: TimelineLine | undefined, notes: ReadonlyMap<number, StepNote[]>): number {
  if (!line || 'models' in line) return 28;
  const text = 'content' in line.step ? String(line.step.content ?? '') : '';
  const rows = Math.min(16, Math.ceil(text.length / WIDTH) + 1);
  return Math.max(64 + rows * LINE_HEIGHT, (notes.get(line.index)?.length ?? 0) * 84);
}
