import { atomicWrite } from '../io/atomic-write.ts';
import { openWindow } from '../io/window-reader.ts';
import { type Located, type Note, readExchangesIfAny } from './read-exchanges.ts';

/** Exchanges that lie in a file of their own until they are part of the recording. */
export interface NewExchanges {
  readonly file: string;
  readonly exchanges: readonly Located[];
  /** Whether those of a task take the place of the recorded ones, given that there are some. */
  readonly replaces: (task: string) => boolean;
}

interface Piece extends Located {
  readonly from: 'old' | 'new';
}

/** Writes a recording anew with more exchanges, in the order of task, trial and asking; a task is taken from one side as a whole. Throws `input_fault` or `disk_fault`; the recording is then as it was. */
export async function mergeRecording(
  file: string,
  { file: fresh, exchanges, replaces }: NewExchanges,
  note: Note,
): Promise<void> {
  const old = await readExchangesIfAny(file, note);
  const recorded = new Set(old.map(({ task }) => task));
  const isTaken = (task: string) => !recorded.has(task) || replaces(task);
  const added = exchanges.filter(({ task }) => isTaken(task));
  const replaced = new Set(added.map(({ task }) => task));
  const kept = old.filter(({ task }) => !replaced.has(task));
  const pieces: Piece[] = [
    ...kept.map((exchange): Piece => ({ ...exchange, from: 'old' })),
    ...added.map((exchange): Piece => ({ ...exchange, from: 'new' })),
  ];
  if (added.length > 0) await atomicWrite(file, linesOf(pieces.sort(inOrder), file, fresh));
}

function inOrder(a: Located, b: Located): number {
  return (
    compareText(a.task, b.task) ||
    a.trial - b.trial ||
    a.nth - b.nth ||
    compareText(a.key, b.key) ||
    a.offset - b.offset
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The lines of the pieces, byte for byte. */
function* linesOf(pieces: readonly Piece[], old: string, fresh: string): Generator<Buffer> {
  const newline = Buffer.from('\n');
  const readers = new Map<Piece['from'], ReturnType<typeof openWindow>>();
  const readerOf = (from: Piece['from']) => {
    const reader = readers.get(from) ?? openWindow(from === 'old' ? old : fresh);
    readers.set(from, reader);
    return reader;
  };
  try {
    for (const { from, offset, bytes } of pieces) {
      // A copy, as the reader uses its bytes again
      yield Buffer.concat([readerOf(from).read(offset, bytes), newline]);
    }
  } finally {
    for (const reader of readers.values()) reader.close();
  }
}
