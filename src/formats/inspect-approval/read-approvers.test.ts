import { describe, expect, it } from 'vitest';
import { parseCallGlob } from './call-glob.ts';
import { readApprovers } from './read-approvers.ts';

describe('readApprovers()', () => {
  it('takes tools as one text or a list, and parameters beside or below', () => {
    const value = {
      approvers: [
        { name: 'evaltools/bash_allowlist', tools: 'bash', allowed_commands: ['ls'] },
        { name: 'inspect_ai/auto', tools: ['*'], params: { decision: 'reject' } },
        { name: 'human', tools: '*', choices: ['approve'] },
      ],
      version: 2,
    };
    const { approvers, faults, notes } = readApprovers(value);
    expect(faults).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('"version"')]);
    expect(approvers).toMatchObject([
      { kind: 'other', tools: ['bash'], params: ['allowed_commands'] },
      { kind: 'auto', tools: ['*'], decision: 'reject', params: [] },
      { kind: 'human', params: ['choices'] },
    ]);
  });

  it.each<[unknown, string]>([
    [null, ''],
    [[], ''],
    [{}, ''],
    [{ approvers: {} }, 'approvers'],
    [{ approvers: [] }, 'approvers'],
    [{ approvers: ['auto'] }, 'approvers.0'],
    [{ approvers: [{ tools: '*' }] }, 'approvers.0'],
    [{ approvers: [{ name: '', tools: '*' }] }, 'approvers.0.name'],
    [{ approvers: [{ name: 'auto' }] }, 'approvers.0'],
    [{ approvers: [{ name: 'auto', tools: [] }] }, 'approvers.0.tools'],
    [{ approvers: [{ name: 'auto', tools: ['a', 1] }] }, 'approvers.0.tools'],
    [{ approvers: [{ name: 'auto', tools: '' }] }, 'approvers.0.tools'],
    [{ approvers: [{ name: 'auto', tools: '*', decision: 'aprove' }] }, 'approvers.0.decision'],
    [{ approvers: [{ name: 'auto', tools: '*', decision: null }] }, 'approvers.0.decision'],
    [
      { approvers: [{ name: 'auto', tools: '*', params: { decision: 1 } }] },
      'approvers.0.params.decision',
    ],
    [{ approvers: [{ name: 'x', tools: '*', params: [] }] }, 'approvers.0.params'],
  ])('finds what is wrong with %j at "%s"', (value, at) => {
    const { faults, approvers } = readApprovers(value);
    expect(faults.map(({ path }) => path.join('.'))).toEqual([at]);
    expect(approvers).toEqual([]);
  });
});

describe('parseCallGlob()', () => {
  it.each<[string, object]>([
    ['bash', { tool: 'bash', covers_longer: true, args: null }],
    ['web_*', { tool: 'web_*', covers_longer: false, args: null }],
    ['bash(', { tool: 'bash', covers_longer: false, args: null }],
    ['f()', { none: true, args: null }],
    [
      "f(a='it\\'s', b=\"x\")",
      { args: { a: { pieces: ["it's"], open: false }, b: { pieces: ['x'] } } },
    ],
    ["f(a='x", { args: { a: { pieces: ['x'], open: true } } }],
    ["f(a='x*y'", { args: { a: { pieces: ['x', 'y'], open: false } } }],
    ['f(a=-1.5, b=None', { args: { a: { value: -1.5, open: false }, b: { value: null } } }],
    ["f(a=*, b='x'", { args: { a: { kind: 'any' }, b: { pieces: ['x'] } } }],
    ["f(__proto__='x'", { args: JSON.parse('{ "__proto__": { "pieces": ["x"] } }') }],
  ])('reads %s', (pattern, wanted) => {
    expect(JSON.parse(JSON.stringify(parseCallGlob(pattern)))).toMatchObject(wanted);
  });

  it.each([
    'f(x)',
    "f('a')",
    'f(a=[1])',
    "f(a='x'b='y'",
    "f(a='x', a='y'",
    "f(a='?'",
    'f(a=',
    'f(, ',
    "(a='x'",
    'f?',
    'f[ab]',
    "f(a='\\x41'",
  ])('cannot read %s', (pattern) => {
    expect(parseCallGlob(pattern)).toHaveProperty('why');
  });
});
