import { type BitTable, bitTable } from './bit-table.ts';
import type { Call } from './calls.ts';
import { likelyPatterns } from './likely-patterns.ts';
import type { Matching } from './matching.ts';
import { isWithin, onlyNumber } from './number-range.ts';
import type { CallPattern } from './pattern.ts';
import { UNKNOWN, YES } from './tri.ts';

/** Calls that each pattern can match, captures left out of account; no pair is tested twice, and none that certainly differs. */
export function possibleFills(
  { calls, view, reading }: Matching,
  patterns: readonly CallPattern[],
): BitTable {
  const table = bitTable(patterns.length, calls.length);
  const { bits, words } = table;
  const likely = likelyPatterns(patterns);
  const captures = patterns.some(({ binds, refs }) => binds.length + refs.length > 0);
  const ranges = patterns.some(({ range }) => range !== null);
  const least = reading === 'no' ? YES : UNKNOWN;
  for (let index = 0; index < calls.length; index++) {
    const call = calls[index] as Call; // index < length
    const own = view.scopeAt(call.step);
    const scope = captures ? { ...own, relaxed: 'all' as const } : own;
    const numbers = likely(call);
    const only = ranges ? onlyNumber(call) : null;
    const [word, bit] = [index >>> 5, 1 << (index & 31)];
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at] as number; // at < length
      const { test, range, tool } = patterns[number] as CallPattern; // likelyPatterns counted it
      // Ranges of numbers overlap, so that no index tells most pairs apart: they are compared here, without calls
      if (range !== null && only !== null && range.key === only.key && tool === call.tool) {
        if (!isWithin(range, only.value)) continue;
      } else if (test(call, scope) < least) continue;
      const place = number * words + word;
      bits[place] = (bits[place] as number) | bit; // in range
    }
  }
  return table;
}
