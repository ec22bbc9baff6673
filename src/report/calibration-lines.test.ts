import { expect, it } from 'vitest';
import { calibrate } from '../calibration/calibrate.ts';
import {
  sampleDetails,
  sampleJudge,
  sampleJudgedRun,
  sampleLabel,
} from '../calibration/calibration.test-support.ts';
import { calibrationLines } from './calibration-lines.ts';
import { createInk } from './ink.ts';

const answers = { fully: '', partly: '', no: '' };
const wanted = { is: ['fully', 'partly'] };

async function linesFor(
  votes: readonly (string | null)[],
  labels: readonly string[],
  note?: string,
) {
  const run = sampleJudgedRun(
    votes.map((vote, at) => {
      const holds = vote === null ? null : vote !== 'no';
      return { task: `t${at}`, said: [sampleDetails([vote, vote, 'no'], { wanted, holds })] };
    }),
  );
  const given = labels.map((label, at) =>
    sampleLabel({ task: `t${at}`, judge: 'solved', label, ...(note !== undefined && { note }) }),
  );
  const spec = sampleJudge({ answers, calibration: { labels: '', kappa: 0.6 } });
  const { judges } = await calibrate(run, () => ({ spec, labels: given }));
  const ink = await createInk({ colour: false, ascii: false, width: 100 });
  if (!judges[0]) throw new Error('There is no judge');
  return calibrationLines(judges[0], 'latest', ink);
}

it('calibrationLines() shows the answers themselves, what is asked for, and votes that differ', async () => {
  const lines = await linesFor(['fully', 'partly', 'no', 'fully'], ['fully', 'fully', 'no', 'no']);
  const text = lines.join('\n');
  expect(text).toContain('shop / solved · fully or partly');
  expect(text).toContain('labels of its own question');
  expect(text).toMatch(/fully +1 +1 +0\n +partly +0 +0 +0\n +no +1 +0 +1/);
  expect(text).toContain('0.6 is asked for');
  expect(text).toContain('votes differ    on 3 of 4');
});

it('calibrationLines() says so where nothing can be compared, and shows what was not decided', async () => {
  const lines = await linesFor([null], ['fully']);
  expect(lines.slice(1, 4)).toEqual([
    '  0 trials compared, 1 not decided by the judge, labels of its own question',
    '  Nothing to compare',
    '  ! t0/bot#1: not decided (people fully, judge –)',
  ]);
});

it('calibrationLines() makes text from outside safe', async () => {
  const text = (await linesFor(['no'], ['fully'], 'a\u001b[31mred\nline')).join('\n');
  expect(text).not.toContain('\u001b');
  expect(text).toContain('wrongly failed');
});

it('calibrationLines() lists ten wrong items and counts the others', async () => {
  const many = new Array(14).fill('no');
  const lines = await linesFor(
    many,
    many.map(() => 'fully'),
  );
  expect(lines.at(-1)).toBe('  … and 4 more (--json)');
});
