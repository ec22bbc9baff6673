import { describe, expect, it } from 'vitest';
import { viewOf } from '../match/view.ts';
import type { JudgeSpec } from '../model/llm-judge.ts';
import { answerForm } from './answer-form.ts';
import { decodeLine, judgeAttacks, specOf, textsOfLines } from './panel.test-support.ts';
import { promptOf } from './prompt-of.ts';
import { shownOf } from './shown-of.ts';

const attacks = judgeAttacks();
const FENCE = 'k4v9x2m7q8w3';
const LARGE = { result: 400_000, total: 1_000_000 };

function sent(
  spec: JudgeSpec,
  trajectory: (typeof attacks)[number]['trajectory'],
  step: number | null,
) {
  const shown = shownOf(viewOf(trajectory), spec, { step, redact: (text) => text });
  const question = { spec, form: answerForm(spec), shown, reference: null };
  const prompt = promptOf(question, { nonce: 'n0nce', fence: FENCE, mistake: null });
  return { shown, text: prompt.map(({ content }) => content).join('\n') };
}

describe('the attack set', () => {
  it('has at least 36 that differ', () => {
    expect(new Set(attacks.map(({ name }) => name)).size).toBeGreaterThanOrEqual(36);
    for (const { payloads } of attacks) expect(payloads.length).toBeGreaterThan(0);
  });

  it.each(attacks)('reaches a judge of everything only encoded: $name', (attack) => {
    const { trajectory, payloads, mustFlag } = attack;
    const spec = specOf({ budget: LARGE });
    const { shown, text } = sent(spec, trajectory, null);
    const texts = textsOfLines(shown.lines);
    for (const payload of payloads) {
      expect(text.includes(payload)).toBe(false);
      expect(texts.some((one) => one.includes(payload))).toBe(true);
    }
    expect(shown.flags.length > 0).toBe(mustFlag);
    expectSound(text, shown.lines, spec);
    expect(text).not.toContain(trajectory.task);
  });

  it.each(attacks)(
    'reaches a judge of the answer only encoded: $name',
    ({ trajectory, payloads }) => {
      const spec = specOf({ sees: 'answer' });
      const { shown, text } = sent(spec, trajectory, null);
      for (const payload of payloads) expect(text.includes(payload)).toBe(false);
      expectSound(text, shown.lines, spec);
    },
  );

  it.each(attacks)(
    'reaches a judge of each call only encoded: $name',
    ({ trajectory, payloads }) => {
      const spec = specOf({ each: 'tool_call' });
      trajectory.steps.forEach(({ type }, step) => {
        if (type !== 'tool_call') return;
        const { shown, text } = sent(spec, trajectory, step);
        for (const payload of payloads) expect(text.includes(payload)).toBe(false);
        expectSound(text, shown.lines, spec);
        const judged = shown.lines.map(decodeLine).filter((line) => line['judged'] === true);
        expect(judged.map((line) => line['step'])).toEqual([step]);
      });
    },
  );
});

/** The data stands between two fences, a line of plain JSON each, and the rubric after it as it was written. */
function expectSound(text: string, lines: readonly string[], spec: JudgeSpec): void {
  expect(text.split(FENCE)).toHaveLength(3);
  const all = text.split('\n');
  const [begin = 0, end = 0] = all.flatMap((line, at) => (line.startsWith(FENCE) ? [at] : []));
  expect(all.slice(begin + 1, end)).toEqual(lines);
  for (const line of lines) {
    expect(Object.keys(decodeLine(line)).length).toBeGreaterThan(0);
    expect(line).not.toMatch(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{DI}<>&`]/u);
  }
  const rubric = all.slice(end).join('\n').indexOf(spec.rubric.text);
  expect(rubric).toBeGreaterThan(0);
  expect(all.slice(0, end).join('\n')).not.toContain(spec.rubric.text);
}
