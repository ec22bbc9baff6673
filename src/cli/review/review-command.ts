/** What a person can ask for while a trial is shown. */
export type ReviewCommand =
  | { readonly kind: 'label'; readonly label: 'pass' | 'fail' | 'unsure' }
  /** Text of a note, empty to take it back; null where it is yet to be given. */
  | { readonly kind: 'note'; readonly text: string | null }
  | { readonly kind: 'mark'; readonly right: boolean; readonly steps: readonly number[] }
  | JudgeAnswerCommand
  | { readonly kind: 'skip' | 'back' | 'view' | 'help' | 'quit' | 'nothing' }
  | { readonly kind: 'unknown'; readonly text: string };

/** An answer to the question of one judge; without a name that of the session. */
export interface JudgeAnswerCommand {
  readonly kind: 'judge';
  readonly judge: string | null;
  /** The step that is meant, where each is judged. */
  readonly step: number | null;
  readonly answer: string | number;
}

const WORDS: Readonly<Record<string, ReviewCommand>> = {
  ...{ p: { kind: 'label', label: 'pass' }, pass: { kind: 'label', label: 'pass' } },
  ...{ f: { kind: 'label', label: 'fail' }, fail: { kind: 'label', label: 'fail' } },
  ...{ u: { kind: 'label', label: 'unsure' }, unsure: { kind: 'label', label: 'unsure' } },
  ...{ s: { kind: 'skip' }, skip: { kind: 'skip' } },
  ...{ b: { kind: 'back' }, back: { kind: 'back' } },
  ...{ v: { kind: 'view' }, view: { kind: 'view' } },
  ...{ '?': { kind: 'help' }, h: { kind: 'help' }, help: { kind: 'help' } },
  ...{ q: { kind: 'quit' }, quit: { kind: 'quit' } },
  ...{ '': { kind: 'nothing' } },
};

/** Short forms of what every judge can be answered. */
const ANSWERS: Readonly<Record<string, string>> = { p: 'pass', f: 'fail', u: 'unsure' };

/** Reads one line that a person typed; what it does not understand is `unknown`, never a label. */
export function reviewCommand(line: string): ReviewCommand {
  const text = line.trim();
  const word = text.toLowerCase();
  if (Object.hasOwn(WORDS, word)) return WORDS[word] as ReviewCommand; // just looked up
  const marked = /^([+-])\s*(\d{1,9}(?:[\s,]+\d{1,9})*)$/.exec(text);
  if (marked) {
    const steps = (marked[2] ?? '').split(/[\s,]+/).map(Number);
    return { kind: 'mark', right: marked[1] === '+', steps };
  }
  const noted = /^\s*n(?:ote)?(?:\s(.*))?$/isu.exec(line);
  if (noted) return { kind: 'note', text: noted[1]?.trim() ?? null };
  const answered = /^j(?:udge)?\s+(.+)$/isu.exec(text);
  if (answered) return judgeAnswer((answered[1] ?? '').trim());
  if (isNumber(text)) return { kind: 'judge', judge: null, step: null, answer: Number(text) };
  return { kind: 'unknown', text };
}

/** `NAME ANSWER`, `NAME step N ANSWER`, or the answer alone; names may hold spaces. */
function judgeAnswer(text: string): JudgeAnswerCommand {
  const [, before = '', last = ''] = /^(?:(.*)\s)?(\S+)$/su.exec(text) ?? [];
  const [, name, number] = /^(?:(.*)\s)?step\s+(\d{1,9})$/isu.exec(before.trim()) ?? [];
  const judge = (number === undefined ? before : (name ?? '')).trim();
  return {
    kind: 'judge',
    judge: judge === '' ? null : judge,
    step: number === undefined ? null : Number(number),
    answer: isNumber(last)
      ? Number(last)
      : ((Object.hasOwn(ANSWERS, last) ? ANSWERS[last] : undefined) ?? last),
  };
}

function isNumber(text: string): boolean {
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(text);
}
