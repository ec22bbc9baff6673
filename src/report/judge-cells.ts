import type { JudgeFigures } from '../model/judge-figures.ts';
import { countText, intervalText, percentage, scoreText } from './figures.ts';

/** A column of the table of judges, and what stands in it. */
export interface JudgeColumn {
  readonly head: string;
  text(figures: JudgeFigures, absent: string): string;
  /** Text from outside: it must be encoded. */
  readonly isName?: true;
}

/** The columns that some figures need: names of suites and agents where there are several, flags and canaries where there are any. */
export function judgeColumns(all: readonly JudgeFigures[]): JudgeColumn[] {
  const several = (key: 'suite' | 'agent') => new Set(all.map((one) => one[key])).size > 1;
  return [
    ...(several('suite') ? [SUITE] : []),
    ...(several('agent') ? [AGENT] : []),
    ...ALWAYS,
    ...(all.some(({ flagged }) => flagged > 0) ? [FLAGGED] : []),
    ...(all.some(({ canaries }) => canaries !== null) ? [CANARIES] : []),
  ];
}

const SUITE: JudgeColumn = { head: 'Suite', isName: true, text: ({ suite }) => suite };
const AGENT: JudgeColumn = { head: 'Agent', isName: true, text: ({ agent }) => agent };
const FLAGGED: JudgeColumn = { head: 'Flagged', text: ({ flagged }) => countText(flagged) };
const CANARIES: JudgeColumn = {
  head: 'Canaries',
  text: ({ canaries }, absent) => {
    if (canaries === null) return absent;
    return `${countText(canaries.asked - canaries.missed)}/${countText(canaries.asked)}`;
  },
};

const ALWAYS: readonly JudgeColumn[] = [
  { head: 'Judge', isName: true, text: ({ judge }) => judge },
  { head: 'Wanted', isName: true, text: ({ wanted }) => inSigns(wanted) },
  {
    head: 'Answered',
    text: ({ pass, fail, error }) => `${countText(pass + fail)}/${countText(pass + fail + error)}`,
  },
  { head: 'Pass rate', text: ({ pass_rate }, absent) => percentage(pass_rate, absent) },
  {
    head: 'Corrected',
    text: ({ corrected }, absent) =>
      corrected === null
        ? absent
        : `${percentage(corrected.rate, absent)} (${intervalText(corrected, absent)})`,
  },
  { head: 'Kappa', text: ({ kappa }, absent) => kappaText(kappa, absent) },
  {
    head: 'Flips',
    text: ({ flips: { changed, of } }, absent) =>
      of === 0 ? absent : `${countText(changed)}/${countText(of)}`,
  },
  { head: 'Errors', text: ({ error }) => countText(error) },
];

/** Agreement beyond chance, which may be below 0. */
function kappaText(kappa: number | null, absent: string): string {
  return kappa === null || kappa >= 0 ? scoreText(kappa, absent) : kappa.toFixed(2);
}

/** A requirement as short as a column wants it. */
function inSigns(wanted: string): string {
  return wanted.replaceAll('at least ', '>= ').replaceAll('at most ', '<= ');
}
