import { describe, expect, it } from 'vitest';
import { says, trajectoryOf } from '../match/trajectory.test-support.ts';
import { verdictOf } from './verdict.test-support.ts';

const ended = async (end: object) => {
  const trajectory = { ...trajectoryOf([says('Hello')]), ...end };
  const { status, reason } = await verdictOf(trajectory, 'stop', 'completed');
  return `${status}: ${reason}`;
};

describe('stop', () => {
  it('says why the agent failed where the record tells', async () => {
    const stop_reason = 'The agent exited with 137';
    expect(await ended({ stop: 'agent_error', stop_reason })).toBe(
      `fail: It ended with agent_error, wanted "completed": ${stop_reason}`,
    );
    expect(await ended({ stop: 'agent_error', stop_reason: { $eq: 1 } })).toBe(
      'fail: It ended with agent_error, wanted "completed"',
    );
  });

  it('names the ceiling once', async () => {
    const limit = { stop: 'limit', limit: 'turns' };
    expect(await ended(limit)).toBe('fail: It reached a ceiling: turns');
    expect(await ended({ ...limit, stop_reason: 'turns 4 is above the ceiling of 3' })).toBe(
      'fail: It reached a ceiling: turns 4 is above the ceiling of 3',
    );
    expect(await ended({ ...limit, stop_reason: 'Too long' })).toBe(
      'fail: It reached a ceiling: turns: Too long',
    );
  });
});
