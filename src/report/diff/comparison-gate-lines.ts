import type { ComparisonGate } from '../../model/comparison-gate.ts';
import { counted } from '../figures.ts';
import type { Ink } from '../ink.ts';
import { wrapBehind } from '../wrap.ts';
import { COMPARISON_GATE } from './compared-words.ts';

const MOST_REASONS = 20;
const LONGEST_REASON = 600;

/** The gate's answer about a comparison in one loud line, with its reasons beneath where there are several. */
export function comparisonGateLines({ status, reasons }: ComparisonGate, ink: Ink): string[] {
  const { words, as } = COMPARISON_GATE[status];
  const told = reasons.slice(0, MOST_REASONS).map((reason) => ink.line(reason, LONGEST_REASON));
  const left = reasons.length - told.length;
  if (left > 0) told.push(`${ink.signs.ellipsis} ${counted(left, 'more reason')}`);
  const [only = ''] = told;
  const first = told.length > 1 ? `${words}:` : only === '' ? words : `${words}: ${only}`;
  const loud = (line: string) => ink.strong(ink.as[as](line));
  return [
    ...wrapBehind(`${ink.signs[as]} `, first, ink.width).map(loud),
    ...(told.length > 1 ? told.flatMap((reason) => wrapBehind('    ', reason, ink.width)) : []).map(
      ink.as[as],
    ),
  ];
}
