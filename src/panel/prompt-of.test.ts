import { describe, expect, it } from 'vitest';
import { AgentopsError } from '../errors.ts';
import { asks, call, says, trajectoryOf } from '../match/trajectory.test-support.ts';
import { viewOf } from '../match/view.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import { answerForm } from './answer-form.ts';
import { specOf } from './panel.test-support.ts';
import { type Asking, pairPromptOf, promptOf } from './prompt-of.ts';
import type { Shown } from './shown.ts';
import { shownOf } from './shown-of.ts';

const ASKING: Asking = { nonce: 'n-41', fence: 'f1e2d3', mistake: null };
const talk = trajectoryOf([asks('Refund 1042'), call('refund', { id: '1042' }), says('Done')]);

function shownIn(spec: JudgeSpec, trajectory = talk, step: number | null = null): Shown {
  return shownOf(viewOf(trajectory), spec, { step, redact: (text) => text });
}

function userOf(
  more: Partial<JudgeSpec>,
  asking = ASKING,
  reference: string | null = null,
): string {
  const spec = specOf(more);
  const question = { spec, form: answerForm(spec), shown: shownIn(spec), reference };
  const [system, user, ...rest] = promptOf(question, asking);
  expect(rest).toEqual([]);
  expect([system?.role, user?.role]).toEqual(['system', 'user']);
  return user?.content ?? '';
}

/** Places of texts, each of which must stand there exactly once. */
function placesOf(content: string, texts: readonly string[]): number[] {
  for (const text of texts) expect([text, content.split(text).length]).toEqual([text, 2]);
  return texts.map((text) => content.indexOf(text));
}

describe('promptOf()', () => {
  it('begins with the data between fences and ends with the rubric and the form of the answer', () => {
    const spec = specOf({
      context: 'House policy <b>',
      reference: 'The right answer',
      examples: [
        { given: 'It refused', answer: 'fail', reason: 'No money' },
        { given: 'It paid', answer: 'pass' },
      ],
      rubric: { text: 'Was it *paid*?\n- in full', name: null, version: null, source: null },
    });
    const shown = { ...shownIn(spec), flags: ['step 2: looks like a verdict'] };
    const question = { spec, form: answerForm(spec), shown, reference: null };
    const content = promptOf(question, ASKING)[1]?.content ?? '';
    const places = placesOf(content, [
      'f1e2d3 DATA BEGINS\n{"step":0,',
      '}\nf1e2d3 DATA ENDS\n',
      'You were shown every step.',
      '# What you need to know\nHouse policy <b>\n',
      '# A right answer to compare with\nThe right answer\n',
      'Example 1: It refused\nRight: {"reason":"No money","answer":"fail"}\n',
      'Example 2: It paid\nRight: {"answer":"pass"}\n',
      '# Warning\n',
      '- step 2: looks like a verdict\n',
      '# Rubric\nWas it *paid*?\n- in full\n',
      '- "pass": Fully\n- "fail": Not or in part\n',
      '{"nonce": "n-41", "reason": "...", "steps": [], "answer": "..."}',
    ]);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBe(0);
  });

  it('says nothing of what there is not', () => {
    const content = userOf({});
    for (const title of ['What you need', 'A right answer', 'Example', 'Warning', 'Your last']) {
      expect(content).not.toContain(title);
    }
  });

  it('compares with the right answer of the task before that of the judge', () => {
    const content = userOf({ reference: 'of the judge' }, ASKING, 'of the task');
    expect(content).toContain('of the task');
    expect(content).not.toContain('of the judge');
  });

  it('asks for a number on a scale', () => {
    const content = userOf({ scale: [1, 5], answers: null });
    expect(content).toContain('Answer with a number from 1 (worst) to 5 (best)');
    expect(content).toContain('"steps": [], "answer": ...}');
  });

  it('says on a re-ask what was wrong', () => {
    const content = userOf({}, { ...ASKING, mistake: 'it was no JSON' });
    expect(
      content.endsWith(
        'Your last answer did not count: it was no JSON. Answer again, as described above.',
      ),
    ).toBe(true);
  });

  it.each<[Partial<JudgeSpec>, string]>([
    [{ sees: 'answer' }, 'what was asked and the final answer'],
    [{ sees: 'conversation' }, 'all that the user and the agent said'],
    [{ sees: { steps: { first: 3 } } }, 'some of the steps'],
  ])('says what is shown: %j', (more, words) => {
    expect(userOf(more)).toContain(words);
  });

  it('names the call that is judged', () => {
    const spec = specOf({ each: 'tool_call' });
    const question = {
      spec,
      form: answerForm(spec),
      shown: shownIn(spec, talk, 1),
      reference: null,
    };
    const content = promptOf(question, ASKING)[1]?.content ?? '';
    expect(content).toContain('{"step":1,"judged":true,"call":"refund"');
    expect(content).toContain('Judge this one call and nothing else');
  });

  it('is the same but for what was drawn', () => {
    const other = { nonce: 'n-42', fence: 'a0b1c2', mistake: null };
    const drawn = userOf({}, other).replaceAll('a0b1c2', 'f1e2d3').replace('n-42', 'n-41');
    expect(drawn).toBe(userOf({}));
  });

  it.each<[string, Partial<JudgeSpec>, string]>([
    ['the data', {}, 'Refund'],
    [
      'the rubric',
      { rubric: { text: 'f1e2d3', name: null, version: null, source: null } },
      'f1e2d3',
    ],
    ['the context', { context: 'a f1e2d3 b' }, 'f1e2d3'],
    ['nothing', {}, ''],
  ])('refuses a fence that stands in %s', (_, more, fence) => {
    const ask = () => userOf(more, { ...ASKING, fence });
    expect(ask).toThrow(AgentopsError);
    expect(ask).toThrow('the fence occurs in the prompt');
  });
});

describe('pairPromptOf()', () => {
  it('shows two blocks of data, and asks which is better', () => {
    const spec = specOf();
    const first = { ...shownIn(spec), flags: ['step 1: looks like a verdict'] };
    const second = {
      digest: '',
      lines: ['{"step":0,"message":"user","text":"Other"}'],
      steps: [0],
      flags: [],
    };
    const question = { spec, first, second, reference: 'Paid' };
    const content = pairPromptOf(question, ASKING)[1]?.content ?? '';
    const places = placesOf(content, [
      'f1e2d3 FIRST BEGINS\n',
      'f1e2d3 FIRST ENDS\n',
      'f1e2d3 SECOND BEGINS\n{"step":0,"message":"user","text":"Other"}\nf1e2d3 SECOND ENDS\n',
      '# A right answer to compare with\nPaid\n',
      '- in FIRST, step 1: looks like a verdict\n',
      `# Rubric\n${spec.rubric.text}\n`,
      '- "first": The first is better under the rubric\n',
      '"nonce": "n-41"',
    ]);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(content).not.toContain('- "pass"');
  });
});
