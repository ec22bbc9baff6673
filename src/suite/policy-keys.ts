import * as z from 'zod';
import { nearestName } from '../match/nearest-name.ts';
import { earlyPatternSchema, ON_KEY } from '../match/schema.ts';
import { ApprovalDecision } from '../model/policy.ts';
import type { FormatKey } from './kinds.ts';
import { mapOf } from './map-of.ts';
import { suggestion } from './schema-message.ts';
import { name, text } from './text-schema.ts';

const patterns = z.array(earlyPatternSchema);
const toolNames = z.array(name);

/** What agents may do, as a suite or a file of its own has it. */
export const policySchema = z.strictObject({
  tools: toolNames.optional().describe('Tools that may be called, and no others'),
  actors: mapOf(toolNames, name).optional().describe('Tools by actor, instead of tools'),
  deny: patterns.optional().describe('Calls that are refused'),
  approve: patterns.optional().describe('Calls that need an approval'),
  approval_tool: name.optional().describe('Tool with which the agent asks for approval'),
  actions: mapOf(toolNames, name)
    .optional()
    .describe('Tools that serve the same action: after a denial none is a way round'),
  on_violation: z
    .enum(['block', 'observe'])
    .optional()
    .describe('What a violation leads to; block unless given'),
});

/** Keys of an approval beside those of its call pattern. */
export const APPROVAL_KEYS = ['decision', 'with', 'reason', 'delay_ms', 'grants'] as const;

const approval = z
  .looseObject({
    decision: ApprovalDecision.describe('What the person says'),
    with: mapOf(z.unknown()).optional().describe('New arguments, with modify'),
    reason: text.optional().describe('Why'),
    delay_ms: z
      .number()
      .nonnegative()
      .max(2 ** 31 - 1)
      .optional()
      .describe('Milliseconds until the person answers, or until the request expires'),
    grants: patterns
      .optional()
      .describe('Of an approval of the approval tool itself: the calls that it lets run, one each'),
  })
  .check((context) => {
    const {
      decision,
      with: args,
      reason: _,
      delay_ms: __,
      grants: ___,
      ...pattern
    } = context.value;
    if ((decision === 'modify') !== (args !== undefined)) {
      const message =
        decision === 'modify'
          ? '"with" is missing, expected the new arguments'
          : '"with" stands with modify only';
      context.issues.push({ code: 'custom', message, path: ['with'], input: context.value });
    }
    const misspelt = misspeltKeys(pattern);
    for (const { key, meant } of misspelt) {
      const message = `Unknown key "${key}", ${suggestion(meant)}`;
      const { value: input } = context;
      context.issues.push({ code: 'custom', message, path: [key], input, params: ON_KEY });
      delete pattern[key];
    }
    for (const issue of earlyPatternSchema.safeParse(pattern).error?.issues ?? []) {
      const params = issue.code === 'custom' && issue.params ? { params: issue.params } : {};
      const { message, path } = issue;
      const input = context.value;
      context.issues.push({ code: 'custom', message, path: [...path], input, ...params });
    }
  });

const PATTERN_KEYS = ['tool', 'args', 'actor'];
const MEANT = [...APPROVAL_KEYS, 'actor'];

/** Keys beside the tool of a pattern that are near one that may stand there. */
function misspeltKeys(
  pattern: Readonly<Record<string, unknown>>,
): { key: string; meant: string }[] {
  const keys = Object.keys(pattern).filter((key) => !PATTERN_KEYS.includes(key));
  const found = keys.flatMap((key) => {
    const meant = nearestName(key, MEANT);
    return meant === null ? [] : [{ key, meant }];
  });
  const hasTool = found.length < keys.length || Object.hasOwn(pattern, 'tool');
  return hasTool ? found : [];
}

/** The decisions of people, as a suite or a file of its own has them. */
export const approvalsSchema = z.array(approval);

/** Keys of policies and of the people who approve. */
export const policyKeys: readonly FormatKey[] = [
  {
    place: 'suite',
    key: 'policy',
    fragment: true,
    words: 'What agents may do',
    schema: policySchema,
  },
  {
    place: 'suite',
    key: 'approvals',
    fragment: true,
    words: 'The decisions of people, scripted; the first match wins',
    schema: approvalsSchema,
  },
];
