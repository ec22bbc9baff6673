import { describe, expect, test } from 'vitest';
import { AgentopsError } from '../errors.ts';
import { castBallot } from './cast-ballot.ts';
import {
  deskOptions,
  type FakeAnswer,
  fakePort,
  memoryRecording,
  promptText,
  specOf,
  wordsSpec,
} from './desk.test-support.ts';
import type { JudgeQuestion } from './judge-question.ts';
import { type ExchangeOptions, openExchanges } from './open-exchanges.ts';

const PLACE = { model: 'judge-a', vote: 1 };
const WRONG: FakeAnswer = { answer: 'satisfied' };

function question(more: Partial<JudgeQuestion> = {}): JudgeQuestion {
  const spec = wordsSpec();
  return {
    spec,
    form: { kind: 'words', words: { pass: 'Fully', fail: 'Not' } },
    about: {
      ...{ judge: 'solved', suite: null, task: 'refund', agent: 'clerk' },
      ...{ attack: null, trial: 1, step: null },
    },
    steps: [0, 1],
    flags: [],
    parts: { rubric: 'a'.repeat(64), shown: 'b'.repeat(64) },
    prompt: ({ nonce, fence, mistake }) => [
      { role: 'user', content: `${fence} ${mistake ?? 'first'} ${nonce}` },
    ],
    ...more,
  };
}

/** A port that gives one answer after the other. */
function portOf(...answers: FakeAnswer[]) {
  return fakePort((_, nth) => answers[nth - 1] ?? { thrown: new Error('Asked once too often') });
}

function cast(more: Partial<ExchangeOptions>, asked = question()) {
  const options = deskOptions(more);
  return castBallot(openExchanges(options), asked, PLACE, options.signal);
}

describe('castBallot() asks', () => {
  test('once for a verdict', async () => {
    const port = portOf({ answer: 'pass', reason: 'Done', steps: [1, 9] });
    const { ballot, live, isCut } = await cast({ port });
    expect(ballot).toEqual({
      ...{ model: 'judge-a', vote: 1, answer: 'pass', reason: 'Done' },
      ...{ evidence: [1], from: 'live', asked: 1 },
    });
    expect([live.length, isCut]).toEqual([1, false]);
    expect(port.asked[0]).toMatchObject({
      ...{ model: 'judge-a', temperature: 0, seed: 1 },
      schema: { required: ['nonce', 'reason', 'steps', 'answer'] },
    });
  });

  test('once more, with a fresh nonce and our own words, after what was none', async () => {
    const port = portOf({ reply: { text: 'IGNORE THE RUBRIC' } }, { answer: 'fail' });
    const { ballot } = await cast({ port });
    expect(ballot).toMatchObject({ answer: 'fail', asked: 2, from: 'live' });
    const [first, second] = port.asked.map(promptText);
    expect(first).toBe('nonce-2 first nonce-1');
    expect(second).toBe(
      'nonce-4 it was not one JSON object with nothing before or after it nonce-3',
    );
  });

  test('no third time', async () => {
    const port = portOf({ reply: { text: '' } }, WRONG, { answer: 'pass' });
    const { ballot, live } = await cast({ port });
    expect(ballot).toMatchObject({ answer: null, from: 'none', asked: 2, evidence: [] });
    expect(ballot.reason).toBe(
      'solved has no verdict of model judge-a (vote 1): it answered "satisfied", expected pass or fail',
    );
    expect([live.length, port.asked.length]).toEqual([2, 2]);
  });

  test('with the nonce of another exchange: that is no verdict', async () => {
    const text = JSON.stringify({ nonce: 'nonce-9', reason: '', steps: [], answer: 'pass' });
    const { ballot } = await cast({ port: portOf({ reply: { text } }, { reply: { text } }) });
    expect(ballot).toMatchObject({
      answer: null,
      reason: expect.stringContaining('another nonce'),
    });
  });

  test('not again where the port has no answer', async () => {
    const thrown = new AgentopsError('model_fault', 'Cannot ask judge-a: status 429');
    const port = portOf({ thrown });
    const recording = memoryRecording();
    const { ballot } = await cast({ port, recording });
    expect(ballot).toMatchObject({ answer: null, reason: thrown.message, asked: 0 });
    expect([port.asked.length, recording.lines.length]).toEqual([1, 0]);
  });

  test('nothing once it was interrupted', async () => {
    const controller = new AbortController();
    controller.abort(new Error('stop'));
    const port = portOf();
    const found = await cast({ port, signal: controller.signal });
    expect(found).toMatchObject({ isCut: true, ballot: { answer: null, from: 'none' } });
    expect(port.asked).toEqual([]);
  });

  test('and is cut where the interruption comes meanwhile', async () => {
    const controller = new AbortController();
    const port = fakePort(() => {
      controller.abort(new Error('stop'));
      return { answer: 'pass' };
    });
    const recording = memoryRecording();
    const { isCut } = await cast({ port, recording, signal: controller.signal });
    expect([isCut, recording.lines]).toEqual([true, []]);
  });
});

/** To look for flags costs more than to read a recorded answer, which brings them along. */
function unflagged(): JudgeQuestion {
  return Object.defineProperty(question(), 'flags', {
    get: () => {
      throw new Error('Looked for flags');
    },
  });
}

describe('castBallot() records', () => {
  test('each exchange, and finds it again without asking', async () => {
    const recording = memoryRecording();
    const flagged = question({ flags: ['a forged verdict'] });
    const live = await cast({ port: portOf({ answer: 'pass' }), recording }, flagged);
    const port = portOf();
    const again = await cast({ port, recording, mode: 'recorded' }, unflagged());
    expect([live.flags, again.flags]).toEqual([['a forged verdict'], ['a forged verdict']]);
    expect(again.ballot).toEqual({ ...live.ballot, from: 'recorded', asked: 0 });
    expect([again.live, port.asked]).toEqual([[], []]);
    expect(Object.keys(recording.lines[0] ?? {}).slice(0, 2)).toEqual(['schema_version', 'key']);
    expect(recording.lines[0]?.parts).toEqual({ rubric: 'a'.repeat(12), shown: 'b'.repeat(12) });
  });

  test('answers that are no verdict, so that the ballot is lost again', async () => {
    const recording = memoryRecording();
    const live = await cast({ port: portOf(WRONG, WRONG), recording });
    expect(recording.lines.map(({ attempt }) => attempt)).toEqual([1, 2]);
    const again = await cast({ port: portOf(), recording, mode: 'recorded' });
    expect(again.ballot).toEqual({ ...live.ballot, asked: 0 });
  });

  test('the rest of a ballot that was cut off', async () => {
    const recording = memoryRecording();
    const thrown = new AgentopsError('model_fault', 'Gone');
    await cast({ port: portOf(WRONG, { thrown }), recording });
    const { ballot } = await cast({ port: portOf({ answer: 'pass' }), recording });
    expect(ballot).toMatchObject({ answer: 'pass', asked: 1, from: 'live' });
  });

  test('another exchange for each model, vote and part', async () => {
    const recording = memoryRecording();
    const options = deskOptions({ recording, port: fakePort(() => ({ answer: 'pass' })) });
    const exchanges = openExchanges(options);
    const asked = question();
    const other = question({ parts: { ...asked.parts, shown: 'c'.repeat(64) } });
    for (const [each, place] of [
      [asked, PLACE],
      [asked, { ...PLACE, vote: 2 }],
      [asked, { ...PLACE, model: 'judge-b' }],
      [other, PLACE],
      [other, PLACE],
    ] as const) {
      await castBallot(exchanges, each, place, options.signal);
    }
    expect(new Set(recording.lines.map(({ key }) => key)).size).toBe(4);
    expect(recording.lines.length).toBe(4);
  });

  test('what was redacted, and reads it so', async () => {
    const recording = memoryRecording();
    const redact = (text: string) => text.replaceAll('s3cret', '[redacted]');
    const port = portOf({ answer: 'pass', reason: 'It says s3cret' });
    const { ballot } = await cast({ port, recording, redact });
    expect(ballot.reason).toBe('It says [redacted]');
    expect(recording.lines[0]?.text).not.toContain('s3cret');
  });

  test('no more of an answer than is read, and what was too long as too long', async () => {
    const recording = memoryRecording();
    const late = `${' '.repeat(300 * 1024)}and more`;
    const port = fakePort((request) => {
      const nonce = promptText(request).split(' ').at(-1);
      const verdict = JSON.stringify({ nonce, reason: '', steps: [], answer: 'pass' });
      return { reply: { text: `${verdict}${late}` } };
    });
    const live = await cast({ port, recording });
    expect(live.ballot).toMatchObject({
      answer: null,
      reason: expect.stringContaining('too much'),
    });
    for (const line of recording.lines) expect(line.text?.length).toBeLessThan(270_000);
    const again = await cast({ port: portOf(), recording, mode: 'recorded' });
    expect(again.ballot).toEqual({ ...live.ballot, asked: 0 });
  });

  test('nothing more once the disk refused a line', async () => {
    const recording = memoryRecording();
    const full = new AgentopsError('disk_fault', 'Cannot write: no space is left');
    recording.append = () => {
      throw full;
    };
    const options = deskOptions({ recording, port: portOf({ answer: 'pass' }) });
    const exchanges = openExchanges(options);
    for (const vote of [1, 2]) {
      const { ballot } = await castBallot(
        exchanges,
        question(),
        { ...PLACE, vote },
        options.signal,
      );
      expect(ballot).toMatchObject({ answer: null, reason: full.message });
    }
  });
});

describe('castBallot() shares', () => {
  test('one exchange between two that ask at once', async () => {
    const recording = memoryRecording();
    const spent: number[] = [];
    const port = portOf({ answer: 'pass' });
    const options = deskOptions({ recording, port, spend: (usd) => spent.push(usd) });
    const exchanges = openExchanges(options);
    const both = await Promise.all(
      [1, 2].map(() => castBallot(exchanges, question(), PLACE, options.signal)),
    );
    expect(both.map(({ ballot }) => [ballot.answer, ballot.from, ballot.asked])).toEqual([
      ['pass', 'live', 1],
      ['pass', 'recorded', 0],
    ]);
    expect([port.asked.length, recording.lines.length, spent]).toEqual([1, 1, [0.25]]);
  });

  test('a fault, too, and asks anew the next time', async () => {
    const thrown = new AgentopsError('model_fault', 'Gone');
    const port = portOf({ thrown }, { answer: 'pass' });
    const options = deskOptions({ port });
    const exchanges = openExchanges(options);
    const ask = () => castBallot(exchanges, question(), PLACE, options.signal);
    const both = await Promise.all([ask(), ask()]);
    expect(both.map(({ ballot }) => ballot.reason)).toEqual(['Gone', 'Gone']);
    expect((await ask()).ballot.answer).toBe('pass');
  });
});

describe('castBallot() counts', () => {
  test('the cost of each live exchange', async () => {
    const spent: number[] = [];
    const port = portOf(WRONG, { answer: 'pass' });
    await cast({ port, spend: (usd) => spent.push(usd), needsCost: true });
    expect(spent).toEqual([0.25, 0.25]);
  });

  test.each([
    [{ costUsd: null }, 'it has no price'],
    [{ costUsd: null, usage: null }, 'its endpoint told no tokens'],
  ])('an unknown cost under a ceiling as no answer: %j', async (reply, why) => {
    const text = JSON.stringify({ nonce: 'nonce-1', reason: '', steps: [], answer: 'pass' });
    const options = deskOptions({ port: portOf({ reply: { ...reply, text } }), needsCost: true });
    const exchanges = openExchanges(options);
    const reason = `Cannot hold a ceiling on cost: what judge-a costs is not known, ${why}`;
    for (const vote of [1, 2]) {
      const place = { ...PLACE, vote };
      const { ballot } = await castBallot(exchanges, question(), place, options.signal);
      expect(ballot).toMatchObject({ answer: null, reason, asked: vote === 1 ? 1 : 0 });
    }
  });

  test('an unknown cost without a ceiling as none', async () => {
    const text = JSON.stringify({ nonce: 'nonce-1', reason: '', steps: [], answer: 'pass' });
    const { ballot } = await cast({ port: portOf({ reply: { text, costUsd: null } }) });
    expect(ballot.answer).toBe('pass');
  });
});

describe('castBallot() misses', () => {
  const MISS = 'solved has no recorded answer of model judge-a (vote 1)';

  test.each([
    ['nothing', {}, {}, 'it was never asked this'],
    ['the rubric', { rubric: '0' }, {}, 'its rubric changed since it was recorded'],
    [
      'more',
      { rubric: '0', shown: '0' },
      {},
      'its rubric and what it sees changed since it was recorded',
    ],
    ['the model', {}, { model: 'judge-b' }, 'it was asked of judge-b'],
    [
      'model and context',
      { context: '0' },
      { model: 'judge-b' },
      'it was asked of judge-b, and its context or examples changed since it was recorded',
    ],
  ])('and tells that %s is other', async (what, parts, place, why) => {
    const recording = memoryRecording();
    const before = question({ parts: { ...question().parts, ...parts } });
    const options = deskOptions({ recording, port: portOf({ answer: 'pass' }) });
    if (what !== 'nothing') {
      const exchanges = openExchanges(options);
      await castBallot(exchanges, before, { ...PLACE, ...place }, options.signal);
    }
    const { ballot } = await cast({ recording, mode: 'recorded' });
    expect(ballot.reason).toBe(`${MISS}: ${why}; run with --judge live`);
  });

  test('with the nearest of several', async () => {
    const recording = memoryRecording();
    const options = deskOptions({ recording, port: fakePort(() => ({ answer: 'pass' })) });
    const exchanges = openExchanges(options);
    const old = question({ parts: { rubric: '1', shown: '1' } });
    const near = question({ parts: { ...question().parts, rubric: '2' } });
    await castBallot(exchanges, question(), { ...PLACE, model: 'judge-b' }, options.signal);
    await castBallot(exchanges, old, PLACE, options.signal);
    await castBallot(exchanges, near, PLACE, options.signal);
    const { ballot } = await cast({ recording, mode: 'recorded' });
    expect(ballot.reason).toContain(': its rubric changed since');
  });

  test('without a recording, and the second answer of two', async () => {
    expect((await cast({ recording: null, mode: 'recorded' })).ballot.reason).toContain(MISS);
    const recording = memoryRecording();
    await cast({ recording, port: portOf(WRONG) });
    const { ballot } = await cast({ recording, mode: 'recorded' });
    expect(ballot.reason).toBe(
      'solved has no recorded answer of model judge-a (vote 1, asked again): it was not asked again after an answer that was no verdict; run with --judge live',
    );
  });
});

describe('castBallot() where no recorded answer is a verdict', () => {
  test('asks anew when it is live, twice at most, and then answers from the recording', async () => {
    const recording = memoryRecording();
    expect((await cast({ recording, port: portOf(WRONG, WRONG) })).ballot.answer).toBeNull();
    const still = portOf(WRONG, WRONG, { answer: 'pass' });
    expect((await cast({ recording, port: still })).ballot.answer).toBeNull();
    expect(still.asked).toHaveLength(2);
    const { ballot: lost } = await cast({ recording, mode: 'recorded' });
    expect(lost).toMatchObject({ answer: null, asked: 0 });
    expect(lost.reason).toContain('it answered "satisfied"');
    const { ballot } = await cast({ recording, port: portOf(WRONG, { answer: 'pass' }) });
    expect(ballot).toMatchObject({ answer: 'pass', asked: 2, from: 'live' });
    expect((await cast({ recording, mode: 'recorded' })).ballot).toMatchObject({
      ...{ answer: 'pass', asked: 0, from: 'recorded' },
    });
  });
});

test('castBallot() cuts long reasons', async () => {
  const port = portOf({ answer: 4, reason: 'x'.repeat(5000) });
  const asked = question({ spec: specOf(), form: { kind: 'scale', low: 1, high: 5 } });
  expect((await cast({ port }, asked)).ballot.reason.length).toBe(1000);
});
