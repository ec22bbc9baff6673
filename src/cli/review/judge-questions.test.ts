import { describe, expect, it } from 'vitest';
import type { JudgeSpec } from '../../model/llm-judge.ts';
import type { TrialResult } from '../../model/trial-result.ts';
import { createInk } from '../../report/ink.ts';
import { answerFault, questionLines } from './judge-questions.ts';

function spec(more: Partial<JudgeSpec>): JudgeSpec {
  return {
    ...{ name: 'polite', models: ['m'], scale: null, answers: null, votes: 1, agree: 'majority' },
    ...{ sees: 'trajectory', each: null, budget: { result: 1, total: 1 }, reference: null },
    ...{ context: null, examples: [], temperature: 0, mayJudgeItself: false, calibration: null },
    ...{ canaries: 0, known: [] },
    rubric: {
      text: 'Is it polite?\nPlain, too?\u001b[2J',
      name: null,
      version: null,
      source: null,
    },
    ...more,
  };
}

const scale = spec({ scale: [1, 5] });
const words = spec({ answers: { Fully: 'All of it', Not: 'None of it' } });
const verdict = { path: 'expect.judge.polite', kind: 'judge' };
const result = { verdicts: [verdict] } as unknown as TrialResult; // only verdicts are read

describe('answerFault()', () => {
  it.each<[string, JudgeSpec | null, string | number, string | null]>([
    ['a value on the scale', scale, 4.5, null],
    [
      'a value beyond it',
      scale,
      6,
      '6 is no answer of polite, expected p, f, u or a number from 1 to 5',
    ],
    [
      'a word to a scale',
      scale,
      'Fully',
      'Fully is no answer of polite, expected p, f, u or a number from 1 to 5',
    ],
    ['whether it holds', scale, 'pass', null],
    ['a word that it has', words, 'Fully', null],
    [
      'a word that it lacks',
      words,
      'constructor',
      'constructor is no answer of polite, expected p, f, u or Fully, Not',
    ],
    ['a number to words', words, 1, '1 is no answer of polite, expected p, f, u or Fully, Not'],
    ['doubt', words, 'unsure', null],
    ['anything where the suite is gone', null, 'Fully', null],
  ])('holds an answer against its judge: %s', (_, judge, answer, wanted) => {
    expect(answerFault(result, 'polite', judge, answer)).toBe(wanted);
  });

  it('names the judges that there are', () => {
    const fault = answerFault(result, 'polit', null, 'pass');
    expect(fault).toBe('There is no judge "polit" here: did you mean "polite"?');
  });
});

describe('questionLines()', () => {
  it('tells what is asked and what can be answered, safely', async () => {
    const ink = await createInk({ colour: false, width: 60, ascii: false });
    expect(questionLines('polite', scale, ink)).toEqual([
      'Question of polite',
      '  Is it polite?',
      '  Plain, too?\\x1b[2J',
      '  · 1 to 5',
    ]);
    expect(questionLines('solved', words, ink).slice(-2)).toEqual([
      '  · Fully: All of it',
      '  · Not: None of it',
    ]);
    expect(questionLines('polite', null, ink)[0]).toMatch(/not at hand/);
  });
});
