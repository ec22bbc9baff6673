import type { JudgeSpec } from './llm-judge.ts';

/** A judge of answers with the defaults of a suite, where nothing else is said. */
export function judgeSpec(more: Partial<JudgeSpec> = {}): JudgeSpec {
  return {
    name: 'solved',
    models: ['judge-a'],
    rubric: { text: 'Was it solved?', name: null, version: null, source: null },
    scale: null,
    answers: { pass: 'Fully', fail: 'Not' },
    votes: 1,
    agree: 'majority',
    sees: 'trajectory',
    each: null,
    budget: { result: 4000, total: 400_000 },
    reference: null,
    context: null,
    examples: [],
    temperature: 0,
    mayJudgeItself: false,
    calibration: null,
    canaries: 0,
    known: [],
    ...more,
  };
}
