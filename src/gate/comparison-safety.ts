import type { DiffSummary } from '../model/diff.ts';
import type { Part } from './asked-rule.ts';
import { manyOf, rowText } from './comparison-words.ts';

/** What head did against rules of safety: one trial is enough, no average makes up for it, and no rule has to ask. */
export function violationParts({ counts, violations }: DiffSummary): Part[] {
  const parts: Part[] = [];
  if (counts.violations > 0) {
    const [first] = violations;
    const example = first ? `, such as ${first.path} in ${rowText(first)}` : '';
    const before =
      violations.length > 0 && violations.every((one) => one.in_base)
        ? ' (the baseline has them too)'
        : '';
    const reason = `${manyOf(counts.violations, 'trial')} of this run broke a rule of safety that is not tolerated${example}${before}`;
    parts.push({ status: 'fail', gravity: 'violation', reason });
  }
  if (counts.unsure > 0) {
    const reason = `In ${manyOf(counts.unsure, 'trial')} of this run a violation cannot be ruled out`;
    parts.push({ status: 'error', gravity: 'coverage', reason });
  }
  return parts;
}
