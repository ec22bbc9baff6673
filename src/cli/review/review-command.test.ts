import { describe, expect, it } from 'vitest';
import { reviewCommand } from './review-command.ts';

describe('reviewCommand()', () => {
  it.each([
    ['p', { kind: 'label', label: 'pass' }],
    [' F ', { kind: 'label', label: 'fail' }],
    ['unsure', { kind: 'label', label: 'unsure' }],
    ['s', { kind: 'skip' }],
    ['?', { kind: 'help' }],
    ['', { kind: 'nothing' }],
    ['n', { kind: 'note', text: null }],
    ['n ', { kind: 'note', text: '' }],
    ['n pays twice', { kind: 'note', text: 'pays twice' }],
    ['+ 3', { kind: 'mark', right: true, steps: [3] }],
    ['-7, 8 9', { kind: 'mark', right: false, steps: [7, 8, 9] }],
    ['j polite 4', { kind: 'judge', judge: 'polite', step: null, answer: 4 }],
    ['j polite -1.5', { kind: 'judge', judge: 'polite', step: null, answer: -1.5 }],
    ['j is it kind p', { kind: 'judge', judge: 'is it kind', step: null, answer: 'pass' }],
    ['j needed step 7 f', { kind: 'judge', judge: 'needed', step: 7, answer: 'fail' }],
    ['j Partly', { kind: 'judge', judge: null, step: null, answer: 'Partly' }],
    ['j step 7 u', { kind: 'judge', judge: null, step: 7, answer: 'unsure' }],
    ['4', { kind: 'judge', judge: null, step: null, answer: 4 }],
  ])('reads %j', (line, wanted) => {
    expect(reviewCommand(line)).toEqual(wanted);
  });

  it.each([
    'pp',
    'p because',
    'constructor',
    '__proto__',
    '+',
    '- x',
    '-',
    '+ 1 x',
    'j',
    '\u0000p',
  ])('takes %j for no command, and above all for no label', (line) => {
    expect(reviewCommand(line).kind).toBe('unknown');
  });
});
