import * as z from 'zod';
import { selectingPatternSchema } from '../match/schema.ts';
import { chosen } from './chosen.ts';
import { mapOf } from './map-of.ts';
import { name, text } from './text-schema.ts';
import type { UnbuiltKey } from './unbuilt-key.ts';

const owner = 'safety';
const patterns = z.array(selectingPatternSchema);

const policy = z.strictObject({
  tools: z.array(name).optional().describe('Tools that may be called, and no others'),
  actors: mapOf(z.array(name), name).optional().describe('Tools by actor, instead of tools'),
  deny: patterns.optional().describe('Calls that are refused'),
  approve: patterns.optional().describe('Calls that need an approval'),
  approval_tool: name.optional().describe('Tool with which the agent asks for approval'),
  on_violation: z.enum(['block', 'observe']).optional().describe('What a violation leads to'),
});

const decision = z
  .looseObject({
    decision: z.enum(['approve', 'modify', 'deny', 'terminate', 'expire', 'ask']),
    with: mapOf(z.unknown()).optional().describe('New arguments, with modify'),
    reason: text.optional().describe('Why'),
  })
  .check((context) => {
    const { decision: made, with: args, reason: _, ...pattern } = context.value;
    if ((made === 'modify') !== (args !== undefined)) {
      const message =
        made === 'modify'
          ? '"with" is missing, expected the new arguments'
          : '"with" stands with modify only';
      context.issues.push({ code: 'custom', message, path: ['with'], input: context.value });
    }
    for (const issue of selectingPatternSchema.safeParse(pattern).error?.issues ?? []) {
      const params = issue.code === 'custom' && issue.params ? { params: issue.params } : {};
      const { message, path } = issue;
      context.issues.push({
        code: 'custom',
        message,
        path: [...path],
        input: context.value,
        ...params,
      });
    }
  });

const inject = z.strictObject({
  tool: name.describe('Tool in whose result the text is planted'),
  into: z.string().describe('JSON Pointer into the result'),
  mode: z.enum(['append', 'prepend', 'replace']).optional().describe('How it is planted'),
  text: text.describe('The text'),
});

/** Keys of policies, approvals and attacks. */
export function unbuiltSafetyKeys(expect: z.ZodType): readonly UnbuiltKey[] {
  const attack = z.strictObject({
    inject: inject.describe('What is planted where'),
    goal: expect.describe('What the author of the attack wants'),
  });
  return [
    {
      place: 'suite',
      key: 'policy',
      owner,
      fragment: true,
      words: 'What agents may do',
      schema: policy,
    },
    {
      place: 'suite',
      key: 'approvals',
      owner,
      fragment: true,
      words: 'The decisions of people, scripted; the first match wins',
      schema: z.array(decision),
    },
    {
      place: 'suite',
      key: 'attacks',
      owner,
      fragment: true,
      words: 'Text planted in results of tools, with the goal of its author',
      schema: mapOf(attack, name),
    },
    {
      place: 'task',
      key: 'attacks',
      owner,
      words: 'Attacks that the task runs with: none, or a list of names',
      schema: chosen(
        (value) => (typeof value === 'string' ? 0 : 1),
        z.literal('none'),
        z.array(name).min(1),
      ),
    },
  ];
}
