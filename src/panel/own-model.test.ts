import { expect, test } from 'vitest';
import type { Step } from '../model/trajectory.ts';
import { ownModel } from './own-model.ts';

function ranOn(model: unknown, actor?: string): Step[] {
  return [{ type: 'model', model, ...(actor && { actor }) } as Step]; // hostile rows name no text
}

test.each<[unknown, string, boolean]>([
  ['gpt-5-mini', 'gpt-5-mini', true],
  ['gpt-5-mini', 'openai/gpt-5-mini', true],
  ['openrouter/openai/gpt-5-mini', 'gpt-5-mini', true],
  ['gpt-5-mini-2025-08-07', 'gpt-5-mini', true],
  ['gpt-5-mini', 'gpt-5-mini-2025-08-07', true],
  ['claude-opus-4-20250514', 'anthropic/claude-opus-4', true],
  ['claude-opus-4@20250514', 'claude-opus-4-latest', true],
  ['llama3:latest', 'llama3', true],
  ['GPT-5-Mini', 'gpt-5-mini', true],
  ['gpt-5', 'gpt-5-mini', false],
  ['gpt-5-mini', 'gpt-5', false],
  ['gpt-5-2', 'gpt-5', false],
  ['', 'gpt-5', false],
  [undefined, 'gpt-5', false],
  [{ name: 'gpt-5' }, 'gpt-5', false],
])('ownModel() takes %j for the judge %j: %j', (ran, judge, expected) => {
  expect(ownModel(ranOn(ran), ['other', judge])).toBe(expected ? ran : null);
});

test('ownModel() leaves out the model of a simulated user, and finds that of a sub-agent', () => {
  expect(ownModel(ranOn('m', 'user'), ['m'])).toBe(null);
  expect(ownModel(ranOn('m', 'helper'), ['m'])).toBe('m');
});
