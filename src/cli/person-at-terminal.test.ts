import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { PersonQuestion } from '../live/people.ts';
import { personAtTerminal } from './person-at-terminal.ts';

/** A terminal at which a test types. */
function terminal({ environment = {}, inputIsTTY = true, outputIsTTY = true } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY: inputIsTTY });
  let text = '';
  const write = (more: string): void => {
    text += more;
  };
  let held = 0;
  const person = personAtTerminal({
    input,
    output: { isTTY: outputIsTTY, columns: 80, write },
    environment,
    hold: () => {
      held++;
      return () => void held--;
    },
  });
  const trial = { id: 't', suite: 's', task: 'pay', agent: 'a', attack: null, trial: 1 };
  const ask = (more: Partial<PersonQuestion> = {}) => {
    const { signal } = new AbortController();
    const question = { trial, tool: 'refund', args: { amount: 200 }, signal, ...more };
    return person?.ask(question) ?? Promise.reject(new Error('Nobody is there'));
  };
  const settled = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  const type = async (typed: string) => {
    await settled();
    input.write(typed);
    await settled();
  };
  return { person, input, ask, type, settled, text: () => text, held: () => held };
}

describe('personAtTerminal()', () => {
  test.each([
    ['a\n', { decision: 'approve' }],
    ['Approve\n', { decision: 'approve' }],
    ['d Too much money \n', { decision: 'deny', reason: 'Too much money' }],
    ['  t\tStop\r\n', { decision: 'terminate', reason: 'Stop' }],
    ['\nyes\nok\nad\nconstructor\n__proto__\na?\nd\n', { decision: 'deny' }],
  ])('reads %j', async (typed, answer) => {
    const at = terminal();
    const asked = at.ask();
    for (const line of typed.split(/(?<=\n)/)) await at.type(line);
    expect(await asked).toEqual(answer);
    expect(at.held()).toBe(0);
  });

  test('shows the call, and nothing in it that a terminal obeys', async () => {
    const at = terminal();
    const asked = at.ask({ tool: 'wi\u001b[2Jpe', args: { to: '\u202ea\r\n::error::' } });
    await at.settled();
    expect(at.held()).toBe(1);
    expect(at.text()).toMatch(/^pay\/a\/1 wants to call wi\\x1b\[2Jpe\n {2}\{"to":"\\u\{202e\}a/);
    for (const obeyed of ['\u001b', '\u202e', '\r']) expect(at.text()).not.toContain(obeyed);
    await at.type('d\n');
    await asked;
    const long = at.ask({ args: { text: 'x'.repeat(1e6) } });
    await at.type('d\n');
    await long;
    expect(at.text().length).toBeLessThan(6000);
  });

  test('asks one question at a time, and takes for an answer only what was typed after it', async () => {
    const at = terminal();
    const [one, two] = [at.ask({ tool: 'one' }), at.ask({ tool: 'two' })];
    await at.type('a\na\n');
    expect(at.text()).toMatch(/call one\n.*call two/su);
    expect(await one).toEqual({ decision: 'approve' });
    let answered = false;
    void two.then(() => {
      answered = true;
    });
    await at.settled();
    expect(answered).toBe(false);
    await at.type('t\n');
    expect(await two).toEqual({ decision: 'terminate' });
    await at.type('a\n');
    const three = at.ask({ tool: 'three' });
    await at.type('d\n');
    expect(await three).toEqual({ decision: 'deny' });
  });

  test('takes a question back once its trial is over, and goes on with the next', async () => {
    const at = terminal();
    const [now, later] = [new AbortController(), new AbortController()];
    const asked = [
      at.ask({ signal: now.signal }),
      at.ask({ signal: later.signal }),
      at.ask({ tool: 'last' }),
    ];
    await at.settled();
    later.abort(new Error('Later'));
    now.abort(new Error('Now'));
    await expect(asked[0]).rejects.toThrow('Now');
    await expect(asked[1]).rejects.toThrow('Later');
    await at.type('a\n');
    expect(await asked[2]).toEqual({ decision: 'approve' });
    expect(at.held()).toBe(0);
  });

  test('rejects where standard input ends, then and later', async () => {
    const at = terminal();
    const asked = at.ask();
    await at.settled();
    at.input.end();
    await expect(asked).rejects.toThrow(/standard input has ended/);
    await expect(at.ask()).rejects.toThrow(/standard input has ended/);
  });

  test('is nobody without a terminal on both sides, and in CI', () => {
    expect(terminal({ inputIsTTY: false }).person).toBe(null);
    expect(terminal({ outputIsTTY: false }).person).toBe(null);
    expect(terminal({ environment: { CI: 'true' } }).person).toBe(null);
    expect(terminal({ environment: { CI: 'false' } }).person).not.toBe(null);
  });

  test('lets go of the input when it is closed', async () => {
    const at = terminal();
    const asked = at.ask();
    await at.type('a\n');
    await asked;
    at.person?.close();
    expect(at.input.isPaused()).toBe(true);
  });
});
