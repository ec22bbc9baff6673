import { describe, expect, it } from 'vitest';
import { keyLine } from './key-line.ts';

const command = (line: string) => ({ kind: 'command', line });
const editing = (text: string) => ({ kind: 'editing', text });

describe('keyLine()', () => {
  it.each<[string, string, string, object]>([
    ['acts at once on a key', '', 'p', command('p')],
    ['takes capital letters, too', '', 'F', command('f')],
    ['drops what came with a command, as it was typed for another trial', '', 'pf', command('p')],
    ['begins a note', '', 'n', editing('n ')],
    ['keeps letters that act elsewhere in a note', 'n ', 'pays f', editing('n pays f')],
    ['does not double the space behind n', 'n ', ' x', editing('n x')],
    ['ends a line', 'n twice', '\r', command('n twice')],
    ['takes a note back where there is none', 'n', '\r', command('n ')],
    ['begins a mark', '', '+', editing('+')],
    ['begins a number', '', '4', editing('4')],
    ['takes back a whole character', 'n 日本', '\u007f', editing('n 日')],
    ['takes back a line', 'n abc', '\u0015', editing('')],
    ['passes over an escape', 'n abc', '\u001b', editing('')],
    ['passes over arrows and function keys', '', '\u001b[A\u001bOP\u001b[1;5C', editing('')],
    ['passes over arrows in a line', 'n a', '\u001b[Db', editing('n ab')],
    ['passes over what cannot be seen', 'n a', '\u0007\u009b\u202e\tb', editing('n ab')],
    ['passes over an empty line', '', '\r\r', editing('')],
    ['passes over keys without a meaning', '', 'x y', editing('')],
    ['takes Ctrl-D for q', 'n a', '\u0004', command('q')],
    ['takes Ctrl-C wherever it stands', 'n a', 'b\u0003', { kind: 'interrupt' }],
    ['takes Ctrl-Z', '', '\u001a', { kind: 'suspend' }],
  ])('%s', (_, text, keys, wanted) => {
    expect(keyLine(text, keys)).toEqual(wanted);
  });
});
