import { closeSync } from 'node:fs';
import { atomicWrite } from '../io/atomic-write.ts';
import type { AskedAbout } from './judge-exchange.ts';
import { bytesAt, openIfAny } from './judgement-file.ts';
import { type OpenJudgement, parseHead, readJudgements } from './read-judgements.ts';

interface Piece extends OpenJudgement {
  readonly places: readonly (string | number)[];
}

/** Writes a recording anew, in an order that does not depend on who answered first, and the first of two exchanges with one key alone. What was added is read where it was written: the file may be another by now, where a second run closed its recording meanwhile. Throws `input_fault` or `disk_fault`; the file is then as it was. */
export async function rewriteJudgements(
  file: string,
  added: readonly OpenJudgement[],
): Promise<void> {
  const { found } = await readJudgements(file, () => undefined);
  const current = openIfAny(file);
  const pieces = new Map<string, Piece>();
  const take = (judgement: OpenJudgement) => {
    if (pieces.has(judgement.key)) return;
    const about = parseHead(file, judgement.line, bytesAt(file, judgement.from, judgement));
    pieces.set(judgement.key, { ...judgement, places: placesOf(about, judgement.key) });
  };
  try {
    if (current !== null) for (const located of found) take({ ...located, from: current });
    for (const judgement of added) take(judgement);
    await atomicWrite(file, linesOf(file, [...pieces.values()].sort(inOrder)));
  } finally {
    if (current !== null) closeSync(current);
  }
}

function* linesOf(file: string, pieces: readonly Piece[]): Generator<string> {
  for (const piece of pieces) yield `${bytesAt(file, piece.from, piece)}\n`;
}

function inOrder(a: Piece, b: Piece): number {
  for (let at = 0; at < a.places.length; at++) {
    const [place, other] = [a.places[at] ?? '', b.places[at] ?? ''];
    if (place !== other) return place < other ? -1 : 1;
  }
  return 0;
}

/** Texts are compared with texts, and numbers with numbers. */
function placesOf(about: AskedAbout, key: string): (string | number)[] {
  const { judge, task, agent, attack, trial, step, model, vote, attempt } = about;
  return [judge, task, agent, attack ?? '', trial, step ?? -1, model, vote, attempt, key];
}
