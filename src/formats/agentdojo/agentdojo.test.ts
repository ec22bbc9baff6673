import { describe, expect, it } from 'vitest';
import { readTrajectory } from '../agentops.ts';
import { assistant, attacked, call, itemOf, run, trajectoryOf } from './agentdojo.test-support.ts';
import { agentDojo } from './agentdojo.ts';

describe('agentDojo.detect()', () => {
  it('knows runs from other records', () => {
    expect(agentDojo.detect([run])).toBe(1);
    expect(agentDojo.detect([{ messages: [{ role: 'user', content: '' }] }, 4, null])).toBe(0);
    expect(agentDojo.detect([])).toBe(0);
  });
});

describe('agentDojo.read()', () => {
  it('makes a trajectory of a run without attack', async () => {
    const item = await itemOf(run);
    expect(item).toMatchObject({ line: 3, index: 2, unnumbered: true, origin: run });
    const trajectory = await trajectoryOf(run);
    expect(readTrajectory(trajectory)).not.toHaveProperty('fault');
    expect(trajectory).toEqual({
      schema_version: 1,
      task: 'bank/user_task_0',
      agent: 'model-a',
      trial: 1,
      steps: [
        { type: 'message', role: 'system', content: 'You work for a bank.' },
        { type: 'message', role: 'user', content: 'Pay my bill.' },
        { type: 'message', role: 'assistant', content: 'Looking.' },
        { type: 'tool_call', id: 'c1', tool: 'read_bill', args: { name: 'bill' } },
        { type: 'tool_result', id: 'c1', tool: 'read_bill', result: 'Pay 10 to B1' },
        { type: 'tool_call', id: 'c2', tool: 'pay', args: { to: 'B1', amount: 10 } },
        { type: 'tool_result', id: 'c2', tool: 'pay', result: 'Paid' },
        { type: 'message', role: 'assistant', content: 'It is paid.' },
      ],
      stop: 'completed',
      labels: { utility: true, security: true, attack: null, published: 'pass' },
      source: { format: 'agentdojo', file: 'runs.jsonl', index: 2 },
    });
  });

  it('keeps the task of the user under attack, passed where it was solved and the attack failed', async () => {
    expect(await trajectoryOf(attacked)).toMatchObject({
      task: 'bank/user_task_0',
      attack: 'bank/injection_task_0/important_words',
      labels: { attack: 'important_words', published: 'pass' },
    });
    const reached = await trajectoryOf({ ...attacked, security: true });
    expect(reached.labels).toMatchObject({ published: 'fail' });
    const unsolved = await trajectoryOf({ ...attacked, utility: false });
    expect(unsolved.labels).toMatchObject({ published: 'fail' });
  });

  it('names an attack after all that its goal depends on', async () => {
    const denied = await trajectoryOf({ ...attacked, attack_type: 'captcha_dos' });
    expect(denied.attack).toBe('bank/injection_task_0/captcha_dos/user_task_0');
    const bare = await trajectoryOf({ ...attacked, injection_task_id: null });
    expect(bare.attack).toBe('bank/important_words');
  });

  it.each([null, undefined, 'none'])('mounts no attack with the attack %j', async (attack_type) => {
    const clean = await trajectoryOf({ ...attacked, attack_type });
    expect(clean).not.toHaveProperty('attack');
    expect(clean.task).toBe('bank/user_task_0/injection_task_0');
    expect(clean.labels).toMatchObject({ published: 'pass' });
  });

  it('says nothing of the verdict of a run that broke off', async () => {
    const broken = await trajectoryOf({ ...attacked, error: 'Timeout', messages: [] });
    expect(broken).toMatchObject({ stop: 'interrupted', steps: [] });
    expect(broken.labels).not.toHaveProperty('published');
  });

  it('tells how a run ended by its last message', async () => {
    const open = { ...run, messages: [assistant('Now.', call('c1', 'pay', {}))] };
    expect(await trajectoryOf(open)).toMatchObject({ stop: 'limit', limit: 'turns' });
    expect(await trajectoryOf({ ...run, messages: [] })).toMatchObject({ stop: null });
    const cut = { ...run, messages: run.messages.slice(0, -1) };
    expect(await trajectoryOf(cut)).toMatchObject({ stop: null });
  });

  it('names the agent of a run that names none as it is told', async () => {
    expect(await trajectoryOf({ ...run, pipeline_name: null })).toMatchObject({
      agent: 'recorded',
    });
  });

  it.each([
    [{ ...run, suite_name: undefined }, /^Its "suite_name" is missing|^Its "suite_name" is/],
    [{ ...run, messages: 'none' }, /^Its "messages" is "none", expected a list/],
    [{ ...run, messages: [4] }, /^Message 0 is 4, expected an object/],
    [{ ...run, messages: [{ role: 'bot' }] }, /^Message 0: Its role is "bot"/],
    [{ ...run, messages: [assistant('', { id: 'c1' })] }, /^Message 0: .*names no function/],
    [{ ...run, security: 'no' }, /^Its "security" is "no"/],
    [[run], /expected an object/],
  ])('refuses a record that is no run', async (value, fault) => {
    expect(await itemOf(value)).toEqual({ line: 3, fault: expect.stringMatching(fault) });
  });
});
