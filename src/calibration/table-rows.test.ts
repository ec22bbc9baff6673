import { expect, it } from 'vitest';
import { tableRows } from './table-rows.ts';

it('tableRows() reads on behind broken rows and knows the line of each', () => {
  const text = [
    '\uFEFFtask,label,note',
    'a,pass,"two',
    'lines"',
    '',
    'b,"fa"il,q',
    'c,pass',
    'd,un"sure,z,more',
    'e,fail,"say ""no"""',
    'f,"open',
    'g,pass,',
  ].join('\r\n');
  expect(tableRows(text)).toEqual([
    { line: 1, cells: ['task', 'label', 'note'] },
    { line: 2, cells: ['a', 'pass', 'two\nlines'] },
    { line: 5, fault: 'The row has text behind a closing quote' },
    { line: 6, cells: ['c', 'pass'] },
    { line: 7, fault: 'The row has a quote in the middle of a cell' },
    { line: 8, cells: ['e', 'fail', 'say "no"'] },
    { line: 9, fault: 'The row has a quote that is never closed' },
    { line: 10, cells: ['g', 'pass', ''] },
  ]);
});

it('tableRows() gives up on what is no table', () => {
  const rows = tableRows('a"b\n'.repeat(5000));
  expect(rows).toHaveLength(101);
  expect(rows.at(-1)).toEqual({
    line: 101,
    fault: 'More than 100 rows are broken, the rest is not read',
  });
});
