import { describe, expect, it } from 'vitest';
import { Trajectory } from '../../model/trajectory.ts';
import type { TrialResult } from '../../model/trial-result.ts';
import { createInk } from '../../report/ink.ts';
import { joinLines } from '../../report/join-lines.ts';
import { type ReviewDesk, reviewSession, type Said } from './review-session.ts';

const HOSTILE = '\u001b[2J\u202e';
const steps = ['My order is late', 'Refunded', 'Bye'].map((content, index) => ({
  ...{ type: 'message', role: index === 0 ? 'user' : 'assistant', content: content + HOSTILE },
}));

function resultOf(id: string): TrialResult {
  const figures = {
    turns: 1,
    tool_calls: 0,
    input_tokens: 1,
    output_tokens: 1,
    cost_usd: 0,
    duration_ms: 1,
  };
  const names = { id, suite: 's', task: id, agent: 'a', attack: null, trial: 1 };
  return { ...names, ...figures, status: 'fail', score: 0, stop: 'completed', verdicts: [] };
}

async function session(
  lines: readonly string[],
  more: Partial<ReviewDesk> = {},
  ids: readonly string[] = ['one', 'two', 'three'],
) {
  const waiting = [...lines];
  const kept: (Said & { task: string | null })[] = [];
  let text = '';
  const ink = await createInk({ colour: false, width: 80, ascii: false });
  const tally = await reviewSession(
    ids.map((id) => ({ id, rank: 'failed', why: `failed ${HOSTILE}` })),
    {
      source: { next: async () => waiting.shift() ?? null, close: () => undefined },
      judge: null,
      ink: async () => ink,
      print: async (printed) => {
        text += joinLines(printed);
      },
      load: async ({ id }) => {
        const head = { schema_version: 1, task: id, agent: 'a', trial: 1, stop: 'completed' };
        return {
          row: undefined,
          result: resultOf(id),
          trajectory: Trajectory.parse({ ...head, steps }),
        };
      },
      question: async () => [],
      answerFault: async () => null,
      keep: ({ result }, said) => void kept.push({ task: result.task, ...said }),
      ...more,
    },
  );
  return { tally, kept, text, waiting };
}

describe('reviewSession()', () => {
  it('labels one after the other, with marks and notes, until all are seen', async () => {
    const lines = ['+ 1', '- 2 1', '+2', 'n', 'pays twice', 'f', 'p', 'x', 'u'];
    const { kept, tally, text } = await session(lines);
    expect(kept).toEqual([
      { task: 'one', label: 'fail', note: 'pays twice', right: [2], wrong: [1] },
      { task: 'two', label: 'pass' },
      { task: 'three', label: 'unsure' },
    ]);
    expect(tally).toEqual({ labels: ['fail', 'pass', 'unsure'], answers: 0, left: 0, dropped: 0 });
    expect(text).toContain('Not understood: x');
    expect(text).toContain('1 of 3');
    expect(text).not.toMatch(/[\u202e]|\[2J(?<!\\x1b\[2J)/u);
  });

  it('goes back with what was marked, and keeps the later label beside the first', async () => {
    const { kept, tally } = await session(['b', '- 1', 'f', 'b', 'n so', 'u', 'q']);
    expect(kept.map(({ label, note, wrong }) => [label, note, wrong])).toEqual([
      ['fail', undefined, [1]],
      ['unsure', 'so', [1]],
    ]);
    expect(tally).toMatchObject({ labels: ['unsure'], left: 2, dropped: 0 });
  });

  it('skips, takes marks back, and refuses steps that there are not', async () => {
    const { kept, tally, text } = await session(['s', '+ 3', '+ 0', '+ 0', 'p']);
    expect(kept).toEqual([{ task: 'two', label: 'pass' }]);
    expect(tally).toMatchObject({ labels: ['pass'], left: 2 });
    expect(text).toContain('There is no step 3');
  });

  it('does not drop marks at the first q, and counts those that no label took along', async () => {
    const { tally, waiting, text } = await session(['- 1', 'q', 'q', 'p']);
    expect(waiting).toEqual(['p']);
    expect(text).toContain('q again drops them');
    expect(tally).toMatchObject({ labels: [], dropped: 0 });
    expect((await session(['- 1', 's', 'p'])).tally).toMatchObject({
      labels: ['pass'],
      dropped: 1,
    });
    expect((await session(['- 1'])).tally).toMatchObject({ labels: [], dropped: 1, left: 3 });
  });

  it('shows what the judge in question says only once a person has answered', async () => {
    const said = { kind: 'judge' as const, required: true, score: 0, evidence: [] };
    const verdicts = [
      {
        ...said,
        path: 'expect.judge.polite',
        status: 'fail' as const,
        reason: 'polite: it is rude',
      },
      { ...said, path: 'expect.judge.solved', status: 'pass' as const, reason: 'solved: in full' },
    ];
    const load: ReviewDesk['load'] = async ({ id }) => {
      const head = { schema_version: 1, task: id, agent: 'a', trial: 1, stop: 'completed' };
      const result = { ...resultOf(id), status: 'fail' as const, score: 0.125, verdicts };
      return { row: undefined, result, trajectory: Trajectory.parse({ ...head, steps }) };
    };
    const blind = await session(['v', 'q'], { judge: 'polite', load }, ['one']);
    expect(blind.text).toContain('what polite says is shown once you have answered');
    expect(blind.text).toContain('solved: in full');
    expect(blind.text).not.toMatch(/it is rude|failed|fail ·|score 0/);
    const seen = await session(['p', 'b', 'q'], { judge: 'polite', load }, ['one', 'two']);
    expect(seen.kept).toEqual([{ task: 'one', judge: 'polite', label: 'pass' }]);
    expect(seen.text).toContain('it is rude');
    const whole = await session(['q'], { load }, ['one']);
    expect(whole.text).toMatch(/it is rude/);
  });

  it('answers questions of judges, which labels no trial', async () => {
    const lines = ['j polite 4', 'j needed step 2 f', 'j needed step 9 f', 'j p', 'q'];
    const { kept, tally, text } = await session(lines);
    expect(kept).toEqual([
      { task: 'one', judge: 'polite', label: 4 },
      { task: 'one', judge: 'needed', step: 2, label: 'fail' },
    ]);
    expect(tally).toMatchObject({ labels: [], answers: 2, left: 3 });
    expect(text).toContain('There is no step 9');
    expect(text).toContain('Whose question is that?');
  });

  it('labels the question of one judge, and shows it', async () => {
    const { kept, text } = await session(['f', '5', 'j no', 'j Partly', 'q'], {
      judge: 'polite',
      question: async () => ['Is it polite?'],
      answerFault: async (_, judge, answer) => (answer === 'no' ? `no answer of ${judge}` : null),
    });
    expect(kept.map(({ task, judge, label }) => [task, judge, label])).toEqual([
      ['one', 'polite', 'fail'],
      ['two', 'polite', 5],
      ['three', 'polite', 'Partly'],
    ]);
    expect(text).toContain('Is it polite?');
    expect(text).toContain('no answer of polite');
  });

  it('shows it all again, and what can be typed', async () => {
    const { text } = await session(['v', '?', 'b']);
    expect(text.match(/My order is late/g)).toHaveLength(2);
    expect(text).toContain('j NAME step N ANSWER');
    expect(text).toContain('This is the first one');
  });

  it('keeps no note that is too long', async () => {
    const { kept, text } = await session([`n ${'x'.repeat(10_001)}`, 'p', 'q']);
    expect(kept).toEqual([{ task: 'one', label: 'pass' }]);
    expect(text).toContain('Not kept: a note has at most 10000 characters');
  });
});
