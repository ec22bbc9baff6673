import type { Label } from '../../model/label.ts';
import { counted } from '../../report/figures.ts';
import type { Ink } from '../../report/ink.ts';
import { wrapBehind } from '../../report/wrap.ts';

/** What a person has said of a trial so far, kept until a label takes it along. */
export interface Draft {
  note: string;
  readonly right: Set<number>;
  readonly wrong: Set<number>;
  /** The label that was given in this session; null while there is none. */
  label: Label['label'] | null;
  /** It has a note or marks that no label took along yet. */
  pending: boolean;
}

/** What stands before what is typed. */
export const PROMPT = '> ';

/** What can be pressed, below each trial. */
export const KEYS =
  'p pass, f fail, u unsure, n note, +N right, -N wrong, j judge, s skip, b back, v full view, ? help, q quit';

const HELP = [
  ['p, f, u', 'label the trial, or the question of --judge: pass, fail, unsure; then the next one'],
  ['n TEXT', 'note that goes with the label'],
  ['+ N, - N', 'step N was right, was wrong; goes with the label'],
  ['j NAME ANSWER', 'answer the question of one judge: p, f, u, a word or a number'],
  ['j NAME step N ANSWER', 'the same of one step, for a judge of each call'],
  ['j ANSWER, or a number', 'answer the question of --judge'],
  ['s, b', 'skip; go back to the one before'],
  ['v', 'show it again with nothing cut'],
  ['q', 'quit: every label is kept already, and the next review goes on from here'],
] as const;

/** What can be typed, a line each. */
export function helpLines(ink: Ink): string[] {
  return HELP.flatMap(([keys, words]) => wrapBehind(`  ${keys.padEnd(22)}`, words, ink.width));
}

/** What was marked and noted so far; nothing where there is none. */
export function draftLines({ note, right, wrong, label }: Draft, ink: Ink): string[] {
  const parts = [
    label === null ? [] : `labelled ${ink.line(String(label), 80)}`,
    right.size === 0 ? [] : `right: ${inOrder(right)}`,
    wrong.size === 0 ? [] : `wrong: ${inOrder(wrong)}`,
    note === '' ? [] : `note: ${ink.line(note, 400)}`,
  ].flat();
  const text = parts.join(` ${ink.signs.dot} `);
  return text === '' ? [] : wrapBehind('  ', text, ink.width);
}

function inOrder(steps: ReadonlySet<number>): string {
  return [...steps].sort((one, other) => one - other).join(', ');
}

/** What a session came to. */
export interface SessionTally {
  /** Labels of trials, or of the question of --judge, by trial. */
  readonly labels: readonly Label['label'][];
  /** Answers to questions of judges beside those. */
  readonly answers: number;
  readonly left: number;
  /** Trials whose note or marks no label took along. */
  readonly dropped: number;
}

/** A session in one line: `12 labelled (8 pass, 3 fail, 1 unsure), 5 left`. */
export function tallyText({ labels, answers, left, dropped }: SessionTally, ink: Ink): string {
  const counts = new Map<Label['label'], number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const kinds = [...counts].map(([label, count]) =>
    typeof label === 'number' ? `${count} at ${label}` : `${count} ${ink.line(label, 80)}`,
  );
  const shown = kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
  return [
    `${labels.length} labelled${shown}`,
    answers === 0 ? [] : `${counted(answers, 'answer')} to other questions of judges`,
    `${left} left`,
    dropped === 0 ? [] : `${counted(dropped, 'trial')} with marks or a note but no label`,
  ]
    .flat()
    .join(', ');
}
