import { describe, expect, it } from 'vitest';
import type { StepDiff, StepPair } from '../../diff/step-diff.ts';
import type { Step } from '../../model/trajectory.ts';
import { foldedPairs } from './folded-pairs.ts';

/** An alignment from one letter a pair: `=` same, `~` reworded, `m` a message of head alone, `x` another result. */
function folded(kinds: string, most = 12): string[] {
  const wanted = { '=': 'same', '~': 'reworded', m: 'only_head', x: 'changed' } as const;
  const steps = [...kinds].map(
    (kind): Step =>
      kind === 'x'
        ? { type: 'tool_result', result: 1 }
        : { type: 'message', role: 'assistant', content: 'Hi' },
  );
  const pairs = [...kinds].map((kind, at): StepPair => {
    const name = wanted[kind as keyof typeof wanted]; // only these letters are used
    return { base: kind === 'm' ? null : at, head: at, kind: name, differences: [], omitted: 0 };
  });
  const first = (of: string) => (kinds.search(of) < 0 ? null : kinds.search(of));
  const diff: StepDiff = {
    pairs,
    divergence: first('x'),
    firstWords: first('[^=]'),
    stops: { base: 'completed', head: 'completed' },
    exact: true,
  };
  return foldedPairs(diff, { base: steps, head: steps }, most).map((each) =>
    'fold' in each ? each.fold : String(each.index),
  );
}

describe('foldedPairs()', () => {
  it.each([
    ['', []],
    ['===', ['3 steps the same']],
    ['x', ['0']],
    ['====x====', ['3 steps the same', '3', '4', '5', '3 steps the same']],
    ['==x==', ['0', '1', '2', '3', '4']],
    ['=~=~m=x', ['5 steps: 2 the same, 3 in other words', '5', '6']],
    ['===~===~', ['2 steps the same', '2', '3', '4', '3 steps: 2 the same, 1 in other words']],
  ])('shows what was done otherwise in %j, and folds the rest', (kinds, wanted) => {
    expect(folded(kinds)).toEqual(wanted);
  });

  it('shows the first of many, and counts the others', () => {
    expect(folded('xxxxxx', 2)).toEqual(['0', '1', '2', '3 steps: 3 that differ']);
  });
});
