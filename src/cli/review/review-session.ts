import { judgeNamed, type QueueReason } from '../../calibration/review-queue.ts';
import type { Label } from '../../model/label.ts';
import type { Ink } from '../../report/ink.ts';
import { type TrialView, trialLines } from '../../report/trial-view.ts';
import { wrapBehind } from '../../report/wrap.ts';
import type { CommandSource } from './command-source.ts';
import { type JudgeAnswerCommand, type ReviewCommand, reviewCommand } from './review-command.ts';
import {
  type Draft,
  draftLines,
  helpLines,
  KEYS,
  PROMPT,
  type SessionTally,
} from './review-words.ts';

/** A trial that waits for a person, without what it holds. */
export interface QueueEntry extends QueueReason {
  readonly id: string;
}

/** What is said of a trial, without the names of the trial. */
export type Said = Pick<Label, 'label' | 'judge' | 'step' | 'note' | 'right' | 'wrong'>;

/** What a session works with. */
export interface ReviewDesk {
  readonly source: CommandSource;
  /** The judge whose question is answered; null where trials as a whole are labelled. */
  readonly judge: string | null;
  ink(): Promise<Ink>;
  print(lines: Iterable<string>): Promise<void>;
  load(entry: QueueEntry): Promise<TrialView>;
  /** What the judge of the session asks, as safe lines; none without one. */
  question(view: TrialView, ink: Ink): Promise<string[]>;
  /** Why an answer cannot be one of that judge, in words for a person; null where it can. */
  answerFault(view: TrialView, judge: string, answer: Label['label']): Promise<string | null>;
  /** Keeps what was said, at once. */
  keep(view: TrialView, said: Said): void;
}

/** The trial that is looked at. */
interface Looked {
  readonly entry: QueueEntry;
  readonly index: number;
  readonly view: TrialView;
  readonly draft: Draft;
}

/** Where a command leads: to another trial, out, or nowhere. */
type Next = 'stay' | 'on' | 'back' | 'out';

const LONGEST_NOTE = 10_000;

/** Shows trials one by one and keeps what a person says of them, until all are seen, the person leaves or there is no more input. */
export async function reviewSession(
  queue: readonly QueueEntry[],
  desk: ReviewDesk,
): Promise<SessionTally> {
  const drafts = new Map<string, Draft>();
  const count = { answers: 0 };
  let index = 0;
  while (index < queue.length) {
    const entry = queue[index] as QueueEntry; // index < length
    const draft = drafts.get(entry.id) ?? newDraft();
    drafts.set(entry.id, draft);
    const looked = { entry, index, draft, view: await desk.load(entry) };
    await showTrial(looked, queue.length, desk, false);
    const next = await commandsFor(looked, queue.length, desk, count);
    if (next === 'out') break;
    index = next === 'back' ? Math.max(0, index - 1) : index + 1;
  }
  const labels = [...drafts.values()].flatMap(({ label }) => label ?? []);
  const dropped = [...drafts.values()].filter(({ pending }) => pending).length;
  return { labels, answers: count.answers, left: queue.length - labels.length, dropped };
}

function newDraft(): Draft {
  return { note: '', right: new Set(), wrong: new Set(), label: null, pending: false };
}

async function showTrial(
  { entry, index, view, draft }: Looked,
  total: number,
  desk: ReviewDesk,
  full: boolean,
): Promise<void> {
  const ink = await desk.ink();
  const { rule, dot } = ink.signs;
  const head = `${rule}${rule} ${index + 1} of ${total} ${dot} `;
  const question = await desk.question(view, ink);
  const blind = desk.judge !== null && draft.label === null ? desk.judge : null;
  const why = blind === null ? entry.why : `what ${blind} says is shown once you have answered`;
  function* lines() {
    yield '';
    yield* wrapBehind(head, ink.line(why, 400), ink.width).map(ink.strong);
    yield* trialLines(blind === null ? view : unjudged(view, blind), ink, full);
    if (question.length > 0) yield* ['', ...question];
    yield '';
    yield* draftLines(draft, ink);
    yield* wrapBehind('', KEYS, ink.width).map(ink.faint);
  }
  await desk.print(lines());
}

/** A trial without what one judge says of it: a label that follows the judge would measure nothing. */
function unjudged(view: TrialView, judge: string): TrialView {
  const verdicts = view.result.verdicts.filter((verdict) => judgeNamed(verdict) !== judge);
  return { ...view, result: { ...view.result, verdicts }, isBlind: true };
}

/** Follows commands until one of them leads away from the trial. */
async function commandsFor(
  looked: Looked,
  total: number,
  desk: ReviewDesk,
  count: { answers: number },
): Promise<Next> {
  for (;;) {
    const line = await desk.source.next(PROMPT);
    if (line === null) return 'out';
    const command = reviewCommand(line);
    if (command.kind === 'view') await showTrial(looked, total, desk, true);
    else {
      const next = await follow(command, looked, desk, count);
      if (next !== 'stay') return next;
    }
  }
}

async function follow(
  command: ReviewCommand,
  looked: Looked,
  desk: ReviewDesk,
  count: { answers: number },
): Promise<Next> {
  const ink = await desk.ink();
  switch (command.kind) {
    case 'label':
      return label(command.label, looked, desk);
    case 'judge':
      return answer(command, looked, desk, count);
    case 'note':
      return note(command.text, looked, desk);
    case 'mark':
      return mark(command, looked, desk);
    case 'skip':
      return 'on';
    case 'quit':
      return leave(looked, desk);
    case 'back':
      if (looked.index > 0) return 'back';
      return say(desk, 'This is the first one');
    case 'help':
      await desk.print(helpLines(ink));
      return 'stay';
    case 'unknown':
      return say(desk, `Not understood: ${command.text}; ? tells what can be typed`);
    default:
      return 'stay';
  }
}

/** Keeps the label of the trial, or of the session's question about it, with note and marks. */
function label(given: Label['label'], { view, draft }: Looked, desk: ReviewDesk): Next {
  const steps = (marked: ReadonlySet<number>) => [...marked].sort((one, other) => one - other);
  desk.keep(view, {
    ...(desk.judge !== null && { judge: desk.judge }),
    label: given,
    ...(draft.note !== '' && { note: draft.note }),
    ...(draft.right.size > 0 && { right: steps(draft.right) }),
    ...(draft.wrong.size > 0 && { wrong: steps(draft.wrong) }),
  });
  draft.label = given;
  draft.pending = false;
  return 'on';
}

async function answer(
  { judge: named, step, answer: given }: JudgeAnswerCommand,
  looked: Looked,
  desk: ReviewDesk,
  count: { answers: number },
): Promise<Next> {
  const judge = named ?? desk.judge;
  if (judge === null) return say(desk, 'Whose question is that? j NAME ANSWER tells');
  const steps = looked.view.trajectory?.steps.length ?? 0;
  if (step !== null && step >= steps) return say(desk, `There is no step ${step}`);
  const fault = await desk.answerFault(looked.view, judge, given);
  if (fault !== null) return say(desk, fault);
  if (judge === desk.judge && step === null) return label(given, looked, desk);
  desk.keep(looked.view, { judge, ...(step !== null && { step }), label: given });
  count.answers++;
  return say(desk, `Kept: ${judge}${step === null ? '' : `, step ${step}`}: ${given}`);
}

async function note(text: string | null, { draft }: Looked, desk: ReviewDesk): Promise<Next> {
  const given = (text ?? (await desk.source.next('note > ')))?.trim();
  if (given === undefined) return 'out';
  if (given.length > LONGEST_NOTE) {
    return say(desk, `Not kept: a note has at most ${LONGEST_NOTE} characters`);
  }
  draft.note = given;
  draft.pending = true;
  await desk.print(draftLines(draft, await desk.ink()));
  return 'stay';
}

/** Marks steps, or takes the marks back that they have. */
async function mark(
  { right, steps }: { right: boolean; steps: readonly number[] },
  { draft, view }: Looked,
  desk: ReviewDesk,
): Promise<Next> {
  const count = view.trajectory?.steps.length ?? 0;
  const strange = steps.find((step) => step >= count);
  if (strange !== undefined) return say(desk, `There is no step ${strange}`);
  const [own, other] = right ? [draft.right, draft.wrong] : [draft.wrong, draft.right];
  for (const step of steps) {
    if (own.delete(step)) continue;
    own.add(step);
    other.delete(step);
  }
  draft.pending = true;
  await desk.print(draftLines(draft, await desk.ink()));
  return 'stay';
}

/** Leaves, but not at once where marks or a note would be lost unnoticed. */
async function leave({ draft }: Looked, desk: ReviewDesk): Promise<Next> {
  if (!draft.pending) return 'out';
  const words = 'Its marks and note go with a label: p, f or u keeps them, q again drops them';
  await say(desk, words);
  draft.pending = false;
  return 'stay';
}

async function say(desk: ReviewDesk, text: string): Promise<Next> {
  const ink = await desk.ink();
  await desk.print(wrapBehind('  ', ink.line(text, 600), ink.width));
  return 'stay';
}
