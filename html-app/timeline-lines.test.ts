import { describe, expect, it } from 'vitest';
import type { Step } from '../src/model/trajectory.ts';
import { notesByStep } from './step-notes.ts';
import { lineOf, modelWords, timelineLines } from './timeline-lines.ts';

const model: Step = { type: 'model', model: 'm', usage: { input_tokens: 10, output_tokens: 2 } };
const message: Step = { type: 'message', role: 'user', content: 'x' };

describe('timelineLines()', () => {
  it('folds exchanges with a model that follow each other, but none that judges point at', () => {
    const steps = [model, model, message, model, model, model];
    const lines = timelineLines(steps, (index) => index === 4);
    expect(lines.map((line) => ('models' in line ? line.models.length : line.step.type))).toEqual([
      ...[2, 'message', 1, 'model', 1],
    ]);
    expect([0, 1, 2, 3, 4, 5].map((step) => lineOf(lines, step))).toEqual([0, 0, 1, 2, 3, 4]);
  });
});

describe('modelWords()', () => {
  it('adds up what the exchanges took', () => {
    expect(modelWords([model, model] as never)).toBe('2 model exchanges · m · 20 tokens in, 4 out');
  });
});

describe('notesByStep()', () => {
  it('notes what failed and what LLM judges say, the reason once', () => {
    const verdict = { path: 'p', kind: 'rule', required: true, score: 0, reason: 'Bad' } as const;
    const notes = notesByStep([
      { ...verdict, status: 'fail', evidence: [3, 1, 3] },
      { ...verdict, status: 'pass', evidence: [2] },
      { ...verdict, kind: 'judge', status: 'pass', evidence: [2] },
    ]);
    expect([...notes].map(([step, list]) => [step, list.map(({ reason }) => reason)])).toEqual([
      [3, ['Bad']],
      [1, ['']],
      [2, ['Bad']],
    ]);
  });
});
