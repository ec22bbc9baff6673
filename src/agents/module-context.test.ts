import { describe, expect, it } from 'vitest';
import type { Session } from '../live/session.ts';
import { TrialHalted } from '../live/session.ts';
import { moduleContext } from './module-context.ts';

describe('moduleContext()', () => {
  it('leaves an agent waiting that tries again for ever once the trial was stopped', async () => {
    let tries = 0;
    const halted = new TrialHalted({ kind: 'interrupted' }, 'The run was interrupted');
    const session: Pick<Session, 'signal' | 'callTool'> = {
      signal: AbortSignal.abort(),
      callTool: () => Promise.reject(halted),
    };
    const serve = () => Promise.reject(new Error('not asked for'));
    // The context uses nothing else of it here
    const { callTool } = moduleContext(session as Session, serve);
    const stubborn = async () => {
      for (;;) {
        tries++;
        await callTool('get_order').catch(() => null);
      }
    };
    void stubborn();
    await new Promise(setImmediate);
    const [soon, later] = [tries, await new Promise(setImmediate).then(() => tries)];
    expect(soon).toBeGreaterThan(1);
    expect(later).toBe(soon);
  });
});
