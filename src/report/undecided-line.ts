import type { RunSummary } from '../model/run.ts';
import type { Ink } from './ink.ts';
import { wrapBehind } from './wrap.ts';

/** What is said loudly of a run that could not be told from its baseline, in one sentence; null where it could, or where the gate says so itself. */
export function undecidedWords({ gate, comparison }: RunSummary): string | null {
  if (comparison?.gate.status !== 'inconclusive' || gate.status === 'fail') return null;
  const { run } = comparison.diff.base;
  const isNamed = comparison.gate.rules.some(({ rule }) => rule === 'inconclusive');
  const words = `INCONCLUSIVE: whether this run is worse than the baseline (${run}) is neither shown nor ruled out`;
  const next = comparison.gate.sequential ? [] : ['--until-decided runs more trials'];
  if (!isNamed) next.push('--fail-on inconclusive makes it count');
  return [words, ...next].join('; ');
}

/** The same as a line of a terminal, none where there is nothing to say. */
export function undecidedLine(summary: RunSummary, ink: Ink): string[] {
  const words = undecidedWords(summary);
  if (words === null) return [];
  return wrapBehind(`${ink.signs.error} `, ink.line(words, 600), ink.width).map((line) =>
    ink.strong(ink.as.error(line)),
  );
}
