import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MadeCall, trajectoryOf } from '../match/trajectory.test-support.ts';
import {
  blockOf,
  captureCalls,
  capturingQuestion,
  denseCalls,
  denseQuestion,
  madeCalls,
  question,
} from './calls-arbitrary.test-support.ts';
import { decide, type Question } from './calls-oracle.test-support.ts';
import { holdsWithCaptures } from './capture-oracle.test-support.ts';
import { verdictOf } from './verdict.test-support.ts';

const LONG = 60_000;

async function decides(asked: Question, calls: readonly MadeCall[], pass: boolean) {
  const block = { calls: blockOf(asked) };
  const turned = asked.least === 1;
  const verdict = turned
    ? await verdictOf(trajectoryOf(calls), 'not', [block])
    : await verdictOf(trajectoryOf(calls), 'calls', block.calls);
  expect(verdict.status).toBe(pass === turned ? 'fail' : 'pass');
  return turned ? null : verdict.score;
}

async function agrees(asked: Question, calls: readonly MadeCall[]): Promise<void> {
  const agents = calls.filter(({ actor }) => actor !== 'user');
  const expected = decide(asked, agents);
  const score = await decides(asked, calls, expected.pass);
  if (score !== null) expect(score).toBeCloseTo(expected.score, 12);
}

describe('calls', () => {
  it(
    'decides and scores every list mode as trying everything does',
    async () => {
      await fc.assert(fc.asyncProperty(question, madeCalls, agrees), { seed: 1, numRuns: 3000 });
    },
    LONG,
  );

  it(
    'decides and scores as trying everything does where each call could meet several elements',
    async () => {
      const property = fc.asyncProperty(denseQuestion, denseCalls, agrees);
      await fc.assert(property, { seed: 1, numRuns: 3000 });
    },
    LONG,
  );

  it(
    'decides patterns with captures as trying every value of every name does',
    async () => {
      const property = fc.asyncProperty(capturingQuestion, captureCalls, async (asked, calls) => {
        await decides(asked, calls, holdsWithCaptures(asked, calls));
      });
      await fc.assert(property, { seed: 1, numRuns: 3000 });
    },
    LONG,
  );
});
