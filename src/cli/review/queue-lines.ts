import { counted } from '../../report/figures.ts';
import type { Ink } from '../../report/ink.ts';
import { joinLines } from '../../report/join-lines.ts';
import { wrapBehind } from '../../report/wrap.ts';
import type { RunQueue } from './queue-of-run.ts';
import type { ResultsById } from './results-by-id.ts';

/** Yields the queue as text: each trial with its status, its names and why it is in the queue. */
export async function* queueLines(
  { entries, labelled }: RunQueue,
  results: ResultsById,
  ink: Ink,
): AsyncGenerator<string> {
  for (const { id, why } of entries) {
    const { status, suite, task, agent, attack, trial } = results.read(id);
    const names = [
      `${ink.line(task ?? '', 80)}#${trial}`,
      ...(attack === null ? [] : [`attack ${ink.line(attack, 80)}`]),
      `${ink.line(suite, 80)} by ${ink.line(agent, 80)}`,
    ];
    const title = names.join(` ${ink.signs.dot} `);
    yield joinLines([
      ...wrapBehind(`${ink.signs[status]} `, title, ink.width).map(ink.as[status]),
      ...wrapBehind('    ', ink.line(why, 400), ink.width),
    ]);
  }
  const left = labelled > 0 ? `, ${labelled} labelled` : '';
  yield joinLines([`${counted(entries.length, 'trial')} to review${left}`]);
}
