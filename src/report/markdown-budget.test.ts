import { describe, expect, it } from 'vitest';
import { commentSize, fitSections } from './markdown-budget.ts';

describe('fitSections()', () => {
  it('sheds by priority, keeps the order, and counts what is left out', () => {
    const block = 'z'.repeat(400);
    const sections = [
      { heading: '# last', blocks: [block, block], priority: 2 },
      { heading: '# first', blocks: [block, block], priority: 1 },
    ];
    const text = fitSections(sections, 'elsewhere', 2300);
    expect(text).toBe(
      `# last\n\n${block}\n# first\n\n${block}\n${block}\n1 more part did not fit: elsewhere\n`,
    );
  });
});

it('fitSections() folds a section as a whole, and leaves no open fold', () => {
  const section = {
    heading: 'More: 2',
    blocks: ['one', 'z'.repeat(2000)],
    priority: 1,
    folded: true,
  };
  expect(fitSections([section], 'elsewhere', 1500)).toBe(
    '<details>\n<summary>More: 2</summary>\n\none\n</details>\n\n1 more part did not fit: elsewhere\n',
  );
  expect(fitSections([{ ...section, blocks: [] }], 'elsewhere')).toBe('');
});

describe('commentSize()', () => {
  it.each([
    ['', 0],
    ['ab', 2],
    ['a\nb\n', 6],
    ['漢', 3],
    ['😀', 4],
  ])('counts %j as %i', (text, size) => {
    expect(commentSize(text)).toBe(size);
  });
});
