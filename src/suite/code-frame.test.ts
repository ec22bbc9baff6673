import { describe, expect, test } from 'vitest';
import { codeFrame } from './code-frame.ts';

describe('codeFrame()', () => {
  test('shows the line above, the line and carets', () => {
    expect(codeFrame('tasks:', '  - id: 3', 9, 1)).toBe('tasks:\n  - id: 3\n        ^');
  });

  test('leaves out a blank line above', () => {
    expect(codeFrame('  ', 'id: 3', 5, 1)).toBe('id: 3\n    ^');
  });

  test('moves a window over a long line', () => {
    const frame = codeFrame('above', `${'a'.repeat(100)}HERE${'b'.repeat(100)}`, 101, 4);
    const [line = '', carets = ''] = frame.split('\n');
    expect(line).toHaveLength(80);
    expect(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('HERE');
    expect(line.startsWith('…') && line.endsWith('…')).toBe(true);
  });

  test('cuts the end of a long line with an early caret', () => {
    const [line = '', carets] = codeFrame(null, 'x'.repeat(200), 1, 200).split('\n');
    expect(line).toBe(`${'x'.repeat(79)}…`);
    expect(carets).toBe('^'.repeat(80));
  });

  test('shows control characters as codes and keeps the carets below', () => {
    const frame = codeFrame(null, 'a\u001b[31m\u202e\tb: 3', 12, 1);
    expect(frame).toBe(`a\\x1b[31m\\u{202e} b: 3\n${' '.repeat(21)}^`);
  });

  test('counts wide characters as two columns', () => {
    expect(codeFrame(null, '注文: x', 5, 1)).toBe('注文: x\n      ^');
  });
});
