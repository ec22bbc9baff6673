import { describe, expect, it } from 'vitest';
import type { Trajectory } from '../model/trajectory.ts';
import { judge } from './judge-trajectory.ts';

const trajectory: Trajectory = {
  schema_version: 1,
  task: 'refund',
  agent: 'recorded',
  trial: 1,
  steps: [{ type: 'message', role: 'assistant', content: 'Refunded.' }],
  stop: 'completed',
};

describe('undecided', () => {
  it('is an error that says why', async () => {
    const result = await judge(trajectory, { undecided: 'The database is not there' });
    expect(result.status).toBe('error');
    expect(result.verdicts).toContainEqual(
      expect.objectContaining({
        path: 'expect.undecided',
        status: 'error',
        score: null,
        reason: 'The database is not there',
      }),
    );
  });

  it('stays an error under not, and beside what passes', async () => {
    const negated = await judge(trajectory, { not: [{ undecided: 'Nobody knows' }] });
    const beside = await judge(trajectory, { answer: 'Refunded.', undecided: 'Nobody knows' });
    expect([negated.status, beside.status]).toEqual(['error', 'error']);
  });

  it('leaves a failure a failure', async () => {
    const result = await judge(trajectory, { answer: 'No.', undecided: 'Nobody knows' });
    expect(result.status).toBe('fail');
  });
});
