import { expect, it } from 'vitest';
import { strangeJudges } from './strange-judges.ts';

const labelOf = (judge?: string) => ({
  ...{ schema_version: 1 as const, task: 'a', agent: 'bot', trial: 1, label: 'pass' },
  ...{ file: 'x.labels.jsonl', line: 1 },
  ...(judge !== undefined && { judge }),
});

it('strangeJudges() tells of labels whose judge a run does not know', () => {
  const labels = ['solvd', 'polite', undefined, 'solvd', 'constructor'].map(labelOf);
  expect(strangeJudges(labels, new Set(['polite']))).toEqual([
    'Labels left out: 2 of the judge "solvd", of which the run holds no verdict',
    'Labels left out: 1 of the judge "constructor", of which the run holds no verdict',
  ]);
});
