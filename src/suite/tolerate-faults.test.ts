import { describe, expect, it, test } from 'vitest';
import type { GateRule } from '../model/plan.ts';
import { lines, loadText, suiteText } from './project.test-support.ts';
import { emptySource } from './source.ts';
import { type Tolerable, tolerateFaults } from './tolerate-faults.ts';

const at = { file: '', line: 1, column: 1 };
const judges = ['never', 'calls'].map((key) => ({ key })) as unknown as Tolerable['judges']; // only keys are read
const SUITE: Tolerable = {
  agents: [{ name: 'recorded', kind: 'replay', config: './r.jsonl', at }],
  tasks: [{ id: 'refund', tags: [], expect: {}, prefer: {}, weights: {}, at }],
  attacks: [{ name: 'exfiltrate', family: 'forward', inject: [], goal: {} }],
  policy: {},
  judges,
};

function problems(tolerate: GateRule['tolerate'], suite: Partial<Tolerable> = {}): string[] {
  const place = { source: emptySource('a.suite.yaml'), path: ['gate'], trapped: [] };
  const rule = tolerate ? { tolerate } : {};
  const faults = tolerateFaults(rule, place, { ...SUITE, ...suite });
  return faults.map(({ path, message }) => `${path}: ${message}`);
}

describe('tolerateFaults()', () => {
  it.each([
    'policy.deny',
    'policy.*',
    '*.deny',
    'attacks.exfiltrate.goal',
    'attacks.*.goal',
    'expect.never',
    'suite.expect.never',
    'conversation.1.expect.never',
    'expect.*',
  ])('takes %s', (verdict) => {
    expect(problems([verdict])).toEqual([]);
    expect(
      problems([{ verdict, task: 'ref*', attack: '*', agent: 'recorded', reason: 'r' }]),
    ).toEqual([]);
  });

  it.each([
    ['policy.dney', 'did you mean "policy.deny"?'],
    ['attacks.exfiltrat.goal', 'did you mean "attacks.exfiltrate.goal"?'],
    ['expect.nevr', 'did you mean "expect.never"?'],
    ['suite.expect.nevr', 'did you mean "suite.expect.never"?'],
    ['suite.never', 'known are attacks.exfiltrate.goal, policy.deny, expect.never'],
    ['attacks.constructor.goal', 'known are attacks.exfiltrate.goal, policy.deny, expect.never'],
  ])('refuses %s', (verdict, hint) => {
    expect(problems([verdict])).toEqual([
      `gate.tolerate.0: Tolerates "${verdict}", which no verdict is: ${hint}`,
    ]);
  });

  it('refuses verdicts of a policy where there is none', () => {
    const { policy: _, ...rest } = SUITE;
    const place = { source: emptySource('a.suite.yaml'), path: ['gate'], trapped: [] };
    expect(tolerateFaults({ tolerate: ['policy.deny'] }, place, rest)).toHaveLength(1);
  });

  it('refuses names that the suite has not', () => {
    const entry = {
      verdict: 'policy.deny',
      task: 'x',
      attack: 'y',
      agent: 'recorded2',
      reason: 'r',
    };
    expect(problems([entry])).toEqual([
      'gate.tolerate.0.task: Tolerates violations of task "x": known are refund',
      'gate.tolerate.0.attack: Tolerates violations of attack "y": known are exfiltrate',
      'gate.tolerate.0.agent: Tolerates violations of agent "recorded2": did you mean "recorded"?',
    ]);
  });
});

describe('gate.tolerate', () => {
  const loaded = async (gate: string) =>
    lines((await loadText(suiteText({ more: `gate: ${gate}\n` }))).faults);

  test.each([
    ['{ tolerate: [policy] }', 'Expected the path of a verdict'],
    ['{ tolerate: [{ verdict: expect.never }] }', '"reason" is missing'],
    ['{ tolerate: [{ verdict: expect.never, reason: r, tsk: a }] }', 'did you mean "task"'],
    ['{ tolerate: expect.never }', 'Expected a list'],
    ['{ tolerate: [policy.deny] }', 'which no verdict is'],
  ])('%s is a fault', async (gate, words) => {
    expect((await loaded(gate)).join('\n')).toContain(words);
  });

  test('is read', async () => {
    const text = suiteText({ more: 'gate: { pass_rate: 0.5, tolerate: [expect.never] }\n' });
    const { suites } = await loadText(text);
    expect(suites[0]?.gate).toEqual({ pass_rate: 0.5, tolerate: ['expect.never'] });
  });
});
