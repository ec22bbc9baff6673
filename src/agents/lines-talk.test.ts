import { describe, expect, it } from 'vitest';
import { testSession } from '../live/session.test-support.ts';
import type { DriveTask } from './agent.ts';
import { LinesTalk } from './lines-talk.ts';
import type { ProgramEnd, TakeLine } from './process/program.ts';

const END: ProgramEnd = {
  code: 0,
  signal: null,
  startError: null,
  stopped: null,
  overflow: null,
  thrown: null,
  stdout: '',
  invalidUtf8: false,
  stdoutBytes: 0,
  stderrTail: '',
  stderrBytes: 0,
  survivors: 0,
  lost: false,
};

/** A program of which a test says what it prints and when it ends. */
function fakeProgram() {
  const sent: { type: string }[] = [];
  let onLine: TakeLine = () => undefined;
  let end: (how?: Partial<ProgramEnd>) => void = () => undefined;
  const exited = new Promise<ProgramEnd>((resolve) => {
    end = (how = {}) => resolve({ ...END, ...how });
  });
  const program = {
    exited,
    write: async (text: string) => {
      sent.push(JSON.parse(text));
      return true;
    },
    closeInput: () => undefined,
    stop: (stopped: string) => end({ stopped, code: null, signal: 'SIGTERM' }),
  };
  const session = testSession();
  const timers: (() => void)[] = [];
  const after = (_ms: number, run: () => void) => {
    timers.push(run);
    return () => undefined;
  };
  const task = { ...session.trial, stated: {}, ceilings: {} } as unknown as DriveTask; // names alone are told
  const talk = new LinesTalk(
    (taker) => {
      onLine = taker;
      return program;
    },
    task,
    session,
    { costOf: () => null, after },
  );
  const print = (message: object) => onLine(JSON.stringify(message));
  return { talk, session, sent, print, end: (how?: Partial<ProgramEnd>) => end(how), timers };
}

describe('LinesTalk', () => {
  it('is told of what the user says, and hears the answer', async () => {
    const { talk, session, sent, print, end } = fakeProgram();
    const first = talk.hear('Hi');
    await print({ type: 'answer', content: 'Hello' });
    await first;
    const second = talk.hear('And?');
    await print({ type: 'done' });
    await second;
    const over = talk.over();
    end();
    await over;
    expect(sent.map(({ type }) => type)).toEqual(['start', 'user', 'end']);
    expect(session.told()).toEqual([{ type: 'message', role: 'assistant', content: 'Hello' }]);
  });

  it('answers calls of one message each, in their order', async () => {
    const { talk, session, sent, print, end } = fakeProgram();
    const hearing = talk.hear('Hi');
    const calls = ['a', 'b'].map((id) => ({ id, tool: 'get' }));
    await print({ type: 'tool_calls', calls });
    await print({ type: 'done' });
    await hearing;
    end();
    const result = { type: 'tool_result', tool: 'get', result: 'done' };
    expect(sent.slice(1)).toEqual([
      { ...result, id: 'a' },
      { ...result, id: 'b' },
    ]);
    expect(session.told().map(({ type }) => type)).toEqual([
      'tool_call',
      'tool_call',
      'tool_result',
      'tool_result',
    ]);
  });

  it('has failed where it has to be killed in the end', async () => {
    const { talk, print, timers } = fakeProgram();
    const hearing = talk.hear('Hi');
    await print({ type: 'answer', content: 'Hello' });
    await hearing;
    const over = talk.over();
    while (timers.length === 0) await Promise.resolve();
    for (const timer of timers) timer();
    await expect(over).rejects.toThrow('The agent had to be killed');
  });

  it.each([
    ['says something after it was done', { type: 'message', content: 'One more thing' }],
    ['calls a tool after it was done', { type: 'tool_call', tool: 'get' }],
  ])('has failed where it %s', async (_, message) => {
    const { talk, print, end } = fakeProgram();
    const hearing = talk.hear('Hi');
    await print({ type: 'done' });
    await hearing;
    await expect(print(message)).rejects.toThrow('after it was done');
    end({ thrown: { error: new Error('after it was done') } });
    await expect(talk.over()).rejects.toThrow('after it was done');
  });

  it.each([
    ['exits with 3', { code: 3, stderrTail: 'Oh no' }, 'exited with 3; stderr: Oh no'],
    ['dies of a signal', { code: null, signal: 'SIGSEGV' as const }, 'ended by SIGSEGV'],
  ])('has failed where it %s', async (_, how, words) => {
    const { talk, end } = fakeProgram();
    const hearing = talk.hear('Hi');
    end(how);
    await expect(hearing).rejects.toThrow(words);
  });

  it('has failed where it ends while the conversation goes on', async () => {
    const { talk, print, end } = fakeProgram();
    const hearing = talk.hear('Hi');
    await print({ type: 'done' });
    await hearing;
    end();
    await expect(talk.hear('And?')).rejects.toThrow('ended before the conversation did');
  });
});
