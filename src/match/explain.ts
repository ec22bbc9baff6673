import type { Alignment, AlignmentItem, Difference } from '../model/alignment.ts';
import { showValue } from './show.ts';

/** The sentence about a failed alignment: the first thing that is wrong, and how much else is. */
export function explainAlignment(alignment: Alignment): string {
  const faults = alignment.items.filter(({ kind }) => kind !== 'matched' && kind !== 'other');
  const [first] = faults;
  const all = alignment.missing + alignment.unexpected;
  if (!first) return `${all} calls depart from what ${alignment.mode} wants`;
  const paired = faults.filter(({ kind }) => kind === 'near').length;
  const forbids = alignment.unexpected > 0;
  const others = all - (forbids ? paired : 0) - 1;
  return `${explainItem(first, alignment)}${others > 0 ? ` (and ${others} more)` : ''}`;
}

function explainItem(item: AlignmentItem, alignment: Alignment): string {
  const { mode } = alignment;
  if (item.kind === 'missing') {
    const some = alignment.items.some(
      ({ kind, element }) => kind === 'matched' && element === item.element,
    );
    return `${some ? 'Too few calls' : 'No call'} of ${item.wanted}`;
  }
  if (item.kind === 'unexpected')
    return `Step ${item.step} calls ${item.call}, which ${mode} does not allow here`;
  const tool = /^[^(]*/.exec(item.call ?? '')?.[0] ?? '';
  const differences = item.differences ?? [];
  if (differences.length === 0) return `Step ${item.step} calls ${item.call} out of order`;
  const shown = differences.slice(0, 3).map(explainDifference).join('; ');
  const rest = differences.length > 3 ? `; and ${differences.length - 3} more` : '';
  return `Step ${item.step} calls ${tool} with ${shown}${rest}`;
}

/** One difference in words: which argument, what it was, what was wanted. */
export function explainDifference({ path, kind, was, wanted }: Difference): string {
  const name = path === '' ? 'arguments' : path;
  if (kind === 'missing') return `no ${name}, wanted ${wanted}`;
  if (kind === 'unexpected') return `${name} ${showValue(was, 80)}, wanted no such argument`;
  const found = was === undefined ? 'that are not known' : showValue(was, 80);
  return `${name} ${found}, wanted ${wanted}${kind === 'unknown' && was !== undefined ? ' (cannot be compared)' : ''}`;
}
